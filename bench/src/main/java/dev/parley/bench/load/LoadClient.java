package dev.parley.bench.load;

import dev.parley.bench.load.net.Clock;
import dev.parley.bench.load.net.Epoll;
import dev.parley.bench.load.net.ReceiveBatch;
import dev.parley.bench.load.net.SendBatch;
import dev.parley.bench.load.net.UdpSocket;
import dev.parley.relay.transport.dtls.DtlsIdentity;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * All peers of a load on one thread. It does not wait for packets but looks every {@link #SWEEP_NS} which sockets have some, and takes them
 * many at a time: what arrives is stamped by the kernel, so delays do not suffer, and no sender pays for waking it.
 */
public final class LoadClient implements AutoCloseable {
    private static final long SWEEP_NS = 5_000_000;
    /** Sockets to read between two looks at what is to be sent. */
    private static final int SOCKETS_A_TURN = 16;

    private static final long CALL_S = 30;

    private final Inet4Address local;
    private final boolean gro;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger peersClosed = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable fault;

    // On the thread:
    private final Arena arena = Arena.ofShared();
    private final Clock clock = new Clock();
    private final Epoll epoll;
    private final ReceiveBatch in;
    private final SendBatch out;
    private final Sampler sampler = new Sampler();
    private final List<LoadPeer> peers = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private volatile long lastMediaNs = System.nanoTime();
    private long nextSweepNs;
    private boolean mediaSeen;

    /** @param local address of all sockets; @param gro see {@link UdpSocket#open} */
    public LoadClient(Inet4Address local, boolean gro) throws IOException {
        this.local = local;
        this.gro = gro;
        epoll = new Epoll(arena);
        in = new ReceiveBatch(arena, gro);
        out = new SendBatch(arena);
        thread = new Thread(this::run, "load");
        thread.setDaemon(true);
        thread.start();
    }

    /** A new peer, not yet connected. Any thread. */
    LoadPeer peer(Tally tally) throws IOException {
        var socket = UdpSocket.open(local, gro);
        var peer = new LoadPeer(this, socket, local, identity, tally, sampler);
        call(() -> {
            epoll.add(socket, peers.size());
            peers.add(peer);
            return null;
        });
        return peer;
    }

    void execute(Runnable task) {
        tasks.add(task);
        LockSupport.unpark(thread);
    }

    /** Something to do on the load's thread that may fail. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** Does it on the load's thread and waits for it. */
    <T> T call(Task<T> task) throws IOException {
        var result = new CompletableFuture<T>();
        execute(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(CALL_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the load's thread does not answer", fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** On the thread. */
    List<Publication> publications() {
        return publications;
    }

    /** {@code System.nanoTime()} of the last time that something arrived. */
    long lastMediaNs() {
        return lastMediaNs;
    }

    /** A packet of media has arrived, in the sweep that is under way. */
    void onMedia() {
        mediaSeen = true;
    }

    void onPeerClosed() {
        peersClosed.incrementAndGet();
    }

    /** Connections that relays have ended. */
    public int peersClosed() {
        return peersClosed.get();
    }

    // ---- the loop

    private void run() {
        try {
            while (!stopped) turn();
        } catch (IOException | RuntimeException | Error e) {
            fault = e;
            System.err.println("the load's thread has ended: " + e);
        }
    }

    private void turn() throws IOException {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) task.run();
        publish();
        long nowNs = System.nanoTime();
        if (nowNs - nextSweepNs >= 0) {
            sweep();
            nextSweepNs = nowNs + SWEEP_NS;
            if (mediaSeen) lastMediaNs = nowNs;
            mediaSeen = false;
            for (int i = 0; i < peers.size(); i++) peers.get(i).tick(nowNs);
        }
        long untilNs = nextSweepNs;
        for (int i = 0; i < publications.size(); i++)
            untilNs = Math.min(untilNs, publications.get(i).nextNs());
        long waitNs = untilNs - System.nanoTime();
        if (waitNs > 0 && tasks.isEmpty()) LockSupport.parkNanos(waitNs);
    }

    private void publish() throws IOException {
        long nowNs = System.nanoTime();
        for (int i = 0; i < publications.size(); i++) {
            Publication one = publications.get(i);
            if (one.nextNs() <= nowNs) one.run(nowNs, clock, out);
        }
    }

    /** Reads each socket that has something, once: what comes meanwhile waits for the next sweep. */
    private void sweep() throws IOException {
        int left = peers.size();
        int sinceSent = 0;
        while (left > 0) {
            int ready = epoll.poll();
            for (int i = 0; i < ready; i++) {
                read(peers.get(epoll.tag(i)));
                if (++sinceSent == SOCKETS_A_TURN) {
                    sinceSent = 0;
                    publish();
                }
            }
            if (ready < Epoll.EVENTS) return;
            left -= ready;
        }
    }

    private void read(LoadPeer peer) {
        int messages = in.receive(peer.socket());
        for (int i = 0; i < messages; i++) {
            int at = in.offset(i);
            int end = at + in.bytes(i);
            int segment = Math.max(1, in.segmentBytes(i));
            for (; at < end; at += segment) {
                peer.received(in.data(), at, Math.min(segment, end - at), in.arrivedNs(i));
            }
        }
    }

    /** Closes all peers and ends the thread. */
    @Override
    public void close() {
        execute(() -> {
            peers.forEach(LoadPeer::close);
            stopped = true;
        });
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        epoll.close();
        if (!thread.isAlive()) arena.close();
    }
}
