package dev.parley.relay.transport;

import dev.parley.rtp.packet.PacketKind;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One event loop with its UDP socket and its transports. Everything that runs here runs as a batch: a run of received packets, or one task.
 * The clock is read at the start of a batch, and what was queued to sockets goes out at its end.
 */
abstract class Loop implements MediaLoop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    /** How often the timers of transports are looked at. */
    static final long TICK_MS = 250;

    private static final long FAULT_LOG_NS = TimeUnit.SECONDS.toNanos(10);

    final ServerCounters counters = new ServerCounters();
    final StunMessage stun = new StunMessage();
    final StunWriter stunWriter = new StunWriter();

    private final TransportTable table;
    private final List<ClientTransport> transports = new ArrayList<>();
    private final List<MediaListener> heard = new ArrayList<>();
    private final List<TcpPath> dirtyTcp = new ArrayList<>();
    private boolean inBatch;
    private long batch;
    private long now = System.nanoTime();
    private long lastFaultLogNs = now - FAULT_LOG_NS;

    Loop(TransportTable table) {
        this.table = table;
    }

    /** A path to this address through the loop's socket. */
    abstract UdpPath udpPath(AddressKey key, InetSocketAddress remote, ClientTransport owner);

    /** Hands what was queued to the UDP socket. */
    abstract void flushUdp();

    TransportTable table() {
        return table;
    }

    @Override
    public long nowNs() {
        return now;
    }

    /** One batch of its own. */
    final void run(Runnable task) {
        beginBatch();
        try {
            task.run();
        } catch (RuntimeException e) {
            fault(e);
        }
        endBatch();
    }

    final void tick() {
        for (int i = transports.size() - 1; i >= 0; i--) { // backwards: one that fails removes itself
            transports.get(i).onTick(now);
        }
    }

    void add(ClientTransport transport) {
        transports.add(transport);
    }

    void remove(ClientTransport transport) {
        transports.remove(transport);
    }

    // ---- packets in

    void beginBatch() {
        if (!inBatch) {
            inBatch = true;
            batch++;
            now = System.nanoTime();
        }
    }

    /** One datagram or TCP frame; the caller releases it. @param via the connection, null for UDP */
    void received(ByteBuf packet, AddressKey sender, TcpPath via) {
        beginBatch();
        counters.datagramsIn++;
        try {
            PacketKind kind = PacketKind.of(packet);
            switch (kind) {
                case STUN -> stun(packet, sender, via);
                case DTLS, RTP, RTCP -> payload(kind, packet, sender, via);
                case TURN_CHANNEL, UNKNOWN -> counters.unknownKind++;
            }
        } catch (RuntimeException e) { // of the router, or a mistake here: the other packets must not suffer
            fault(e);
        }
    }

    private void payload(PacketKind kind, ByteBuf packet, AddressKey sender, TcpPath via) {
        Path path = via != null ? via : table.byAddress(sender);
        ClientTransport to = path == null ? null : path.owner;
        if (to == null) {
            counters.unknownAddress++;
        } else if (to.loop() != this) {
            to.loop().handOver(packet, sender, via);
        } else if (kind == PacketKind.DTLS) {
            to.onDtls(packet, path);
        } else {
            to.onMedia(kind, packet, now);
        }
    }

    private void stun(ByteBuf packet, AddressKey sender, TcpPath via) {
        if (stun.wrap(packet) != StunMessage.Verdict.OK || stun.wrongFingerprint()) {
            counters.badStun++;
            return;
        }
        if (stun.type() != StunMessage.BINDING_REQUEST) {
            return; // a keep-alive indication; a lite agent asks nothing, so no response is for it
        }
        String username = stun.username();
        int colon = username == null ? -1 : username.indexOf(':');
        ClientTransport to = colon < 0 ? null : table.byUfrag(username.substring(0, colon));
        if (to == null) {
            counters.unknownUfrag++; // no answer: strangers learn nothing and reflect nothing
        } else if (to.loop() != this) {
            to.loop().handOver(packet, sender, via);
        } else {
            to.onCheck(stun, username.substring(0, colon), username.substring(colon + 1), sender, via);
        }
    }

    /**
     * For this loop, from another thread: with several loops the kernel may bring a packet to the wrong one, and TCP may be read elsewhere. The
     * packet is copied: the memory it came in is the other loop's.
     */
    void handOver(ByteBuf packet, AddressKey sender, TcpPath via) {
        int bytes = packet.readableBytes();
        ByteBuf copy =
                PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeBytes(packet, packet.readerIndex(), bytes);
        AddressKey from = sender.copy();
        execute(() -> {
            try {
                received(copy, from, via);
            } finally {
                copy.release();
            }
        });
    }

    /** Remembers that this listener got something in this batch. */
    void heard(ClientTransport by) {
        if (by.heardInBatch != batch) {
            by.heardInBatch = batch;
            if (!heard.contains(by.listener())) {
                heard.add(by.listener());
            }
        }
    }

    void endBatch() {
        for (int i = 0; i < heard.size(); i++) {
            try {
                heard.get(i).onBatchEnd();
            } catch (RuntimeException e) {
                fault(e);
            }
        }
        heard.clear();
        flushDirty();
        inBatch = false;
    }

    // ---- packets out

    void tcpDirty(TcpPath path) {
        dirtyTcp.add(path);
    }

    private void flushDirty() {
        flushUdp();
        for (int i = 0; i < dirtyTcp.size(); i++) {
            dirtyTcp.get(i).flush();
        }
        dirtyTcp.clear();
    }

    void fault(Throwable e) {
        counters.faults++;
        if (now - lastFaultLogNs >= FAULT_LOG_NS) {
            lastFaultLogNs = now;
            LOG.log(Level.ERROR, "fault on a media loop (" + counters.faults + " so far)", e);
        }
    }

    /** Closes all transports of this loop. On the loop. */
    void closeAll() {
        for (int i = transports.size() - 1; i >= 0; i--) {
            transports.get(i).close();
        }
    }
}
