package dev.parley.testsupport.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A bad network between clients and one UDP server on loopback. Each client address gets a socket of its own towards the server, so the server
 * tells them apart and answers as ever; an ICE-lite relay works through it when the candidate of its answer is rewritten
 * ({@link #throughMe}). Each direction is one {@link LinkModel}, shared by all clients: use one proxy per connection to impair them apart.
 * Profiles may be changed while it runs, by any thread. At most {@link #CLIENTS_MAX} clients and {@link #WAITING_MAX} datagrams on their way.
 */
public final class ImpairmentProxy implements AutoCloseable {
    public static final int CLIENTS_MAX = 64, WAITING_MAX = 20_000;
    private static final int DATAGRAM_MAX = 65_535;
    private static final int SOCKET_BYTES = 1 << 20;
    private static final Pattern CANDIDATE =
            Pattern.compile("(?m)^a=candidate:(\\S+) (\\d+) (\\S+) (\\d+) (\\S+) (\\d+) typ ([^\\r\\n]*)(\\r?\\n)");

    /** What one direction did so far. {@code refused}: more on their way than {@link #WAITING_MAX}. */
    public record Figures(long offered, long lost, long overflowed, long duplicated, long held, long refused) {}

    private record Waiting(long atNs, long order, DatagramChannel by, InetSocketAddress to, byte[] bytes) {}

    private static final class Way {
        final LinkModel model;
        long refused;

        Way(long seed) {
            model = new LinkModel(seed);
        }
    }

    private static final class Client {
        final InetSocketAddress address;
        final DatagramChannel toServer;

        Client(InetSocketAddress address, DatagramChannel toServer) {
            this.address = address;
            this.toServer = toServer;
        }
    }

    private final InetSocketAddress server;
    private final Selector selector;
    private final DatagramChannel front;
    private final int port;
    private final Way up;
    private final Way down;
    private final Map<InetSocketAddress, Client> clients = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            (a, b) -> a.atNs != b.atNs ? Long.compare(a.atNs, b.atNs) : Long.compare(a.order, b.order));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_MAX);
    private final Thread thread;
    private long order;
    private volatile boolean closed;

    private ImpairmentProxy(InetSocketAddress server, long seed) throws IOException {
        this.server = server;
        this.up = new Way(seed);
        this.down = new Way(~seed);
        selector = Selector.open();
        front = channel(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        front.register(selector, SelectionKey.OP_READ);
        port = ((InetSocketAddress) front.getLocalAddress()).getPort();
        thread = Thread.ofPlatform().name("impairment-proxy-" + port).daemon().start(this::run);
    }

    /** Listens on a free port of loopback. @param seed decides all fates; @param server where datagrams go */
    public static ImpairmentProxy to(InetSocketAddress server, long seed) throws IOException {
        return new ImpairmentProxy(server, seed);
    }

    /** Of the relay (or another server) on loopback. */
    public static ImpairmentProxy toLoopback(int serverPort, long seed) throws IOException {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort), seed);
    }

    private static DatagramChannel channel(InetSocketAddress bind) throws IOException {
        var channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
        channel.configureBlocking(false);
        channel.bind(bind);
        return channel;
    }

    /** Where clients send to. */
    public int port() {
        return port;
    }

    /** Client to server, from now on. */
    public void up(LinkProfile profile) {
        set(up, profile);
    }

    /** Server to client, from now on. */
    public void down(LinkProfile profile) {
        set(down, profile);
    }

    public void both(LinkProfile profile) {
        up(profile);
        down(profile);
    }

    private void set(Way way, LinkProfile profile) {
        synchronized (way) {
            way.model.profile(profile, System.nanoTime());
        }
    }

    public Figures upFigures() {
        return figures(up);
    }

    public Figures downFigures() {
        return figures(down);
    }

    private static Figures figures(Way way) {
        synchronized (way) {
            LinkModel m = way.model;
            return new Figures(m.offered(), m.lost(), m.overflowed(), m.duplicated(), m.held(), way.refused);
        }
    }

    /** An SDP answer of the server whose one UDP candidate leads here; candidates of other protocols are taken out. */
    public String throughMe(String sdp) {
        boolean[] done = new boolean[1];
        return CANDIDATE.matcher(sdp).replaceAll(found -> {
            if (done[0] || !found.group(3).equalsIgnoreCase("udp")) return "";
            done[0] = true;
            return "a=candidate:" + found.group(1) + " " + found.group(2) + " udp " + found.group(4) + " 127.0.0.1 "
                    + port + " typ host" + found.group(8);
        });
    }

    // ---- the one thread

    private void run() {
        try {
            while (!closed) {
                long nowNs = System.nanoTime();
                deliver(nowNs);
                Waiting next = waiting.peek();
                if (next == null) {
                    selector.select(this::readable);
                } else {
                    long leftNs = next.atNs - System.nanoTime();
                    if (leftNs >= 1_000_000) {
                        selector.select(this::readable, leftNs / 1_000_000);
                    } else {
                        if (leftNs > 0) LockSupport.parkNanos(leftNs);
                        selector.selectNow(this::readable);
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            if (!closed) throw new IllegalStateException("the proxy's sockets broke", e);
        }
    }

    private void readable(SelectionKey key) {
        try {
            read((DatagramChannel) key.channel(), (Client) key.attachment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(DatagramChannel from, Client client) throws IOException {
        while (true) {
            buffer.clear();
            InetSocketAddress sender;
            try {
                sender = (InetSocketAddress) from.receive(buffer);
            } catch (java.net.PortUnreachableException e) {
                continue; // the server's port is closed for now: datagrams are lost, as on any network
            }
            if (sender == null) return;
            buffer.flip();
            if (client != null) {
                pass(down, front, client.address);
            } else {
                Client known = clientOf(sender);
                if (known != null) pass(up, known.toServer, server);
            }
        }
    }

    private Client clientOf(InetSocketAddress address) throws IOException {
        Client known = clients.get(address);
        if (known != null || clients.size() == CLIENTS_MAX) return known;
        var made = new Client(address, channel(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        made.toServer.connect(server);
        made.toServer.register(selector, SelectionKey.OP_READ, made);
        clients.put(address, made);
        return made;
    }

    private void pass(Way way, DatagramChannel by, InetSocketAddress to) throws IOException {
        long nowNs = System.nanoTime();
        int copies;
        long atNs;
        synchronized (way) {
            copies = way.model.offer(buffer.remaining(), nowNs);
            atNs = way.model.deliverNs();
            if (copies > 0 && waiting.size() + copies > WAITING_MAX) {
                way.refused++;
                return;
            }
        }
        if (copies == 1 && atNs <= nowNs && waiting.isEmpty()) {
            send(by, to, buffer);
            return;
        }
        if (copies == 0) return;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        for (int i = 0; i < copies; i++) waiting.add(new Waiting(atNs, order++, by, to, bytes));
    }

    private void deliver(long nowNs) throws IOException {
        for (Waiting next = waiting.peek(); next != null && next.atNs <= nowNs; next = waiting.peek()) {
            waiting.poll();
            send(next.by, next.to, ByteBuffer.wrap(next.bytes));
        }
    }

    private void send(DatagramChannel by, InetSocketAddress to, ByteBuffer bytes) throws IOException {
        try {
            if (by == front) by.send(bytes, to);
            else by.write(bytes);
        } catch (java.net.PortUnreachableException e) {
            // Told about an earlier datagram: lost, as on any network.
        }
    }

    /** Ends the thread and closes the sockets; waits for both. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5_000);
            for (Client client : clients.values()) client.toServer.close();
            front.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
