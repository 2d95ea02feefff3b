package dev.parley.relay.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A loop of its own thread on the system's calls: epoll_wait for the UDP socket and an eventfd, recvmmsg, sendmmsg. A turn of the loop receives
 * one batch and forwards it, runs the timers that are due, then the tasks that were there. Nothing is allocated per packet. TCP is read by
 * Netty's threads, which hand frames over.
 */
final class NativeLoop extends Loop {
    private static final int EVENTS = 2;
    private static final long FOREVER_MS = 60_000;
    /** What is still to be sent when the server closes (close_notify of the handshake threads) has so long. */
    private static final long FAREWELL_MS = 100;

    private static final long STOP_MS = 3_000;

    /** A task that waits for its time; on the loop only, but for the flag. */
    private static final class Alarm implements Timer {
        final Runnable task;
        final long atNs;
        volatile boolean cancelled;

        Alarm(Runnable task, long atNs) {
            this.task = task;
            this.atNs = atNs;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final NativeSocket socket;
    private final int epoll;
    private final int wakeUp;
    private final MemorySegment events = Arena.ofAuto().allocate((long) EVENTS * Libc.EPOLL_EVENT_BYTES, 8);
    private final MemorySegment event = Arena.ofAuto().allocate(16, 8);
    private final MemorySegment one = Arena.ofAuto().allocate(8, 8);
    private final MemorySegment drained = Arena.ofAuto().allocate(8, 8);
    private final ReceiveBatch incoming = new ReceiveBatch();
    private final SendQueue outgoing;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong((Alarm a) -> a.atNs));
    private final Thread thread;
    private MemorySegment errno;
    private boolean watchesOut;
    private volatile boolean stopping;
    private boolean dead; // guarded by "one"

    NativeLoop(NativeSocket socket, TransportTable table, DefaultThreadFactory threads) throws IOException {
        super(table);
        this.socket = socket;
        one.set(JAVA_LONG, 0, 1);
        outgoing = new SendQueue(
                (messages, count) -> Libc.send(errno, socket.fd, messages, count), socket.segmentation, counters);
        epoll = Libc.checked(Libc.epoll(), "epoll_create1");
        wakeUp = Libc.checked(Libc.eventFd(), "eventfd");
        watch(Libc.EPOLL_CTL_ADD, socket.fd, Libc.EPOLLIN);
        watch(Libc.EPOLL_CTL_ADD, wakeUp, Libc.EPOLLIN);
        thread = threads.newThread(this::turn);
    }

    private void watch(int operation, int fd, int what) {
        event.set(JAVA_INT_UNALIGNED, 0, what);
        event.set(JAVA_INT_UNALIGNED, Libc.EPOLL_DATA_AT, fd);
        if (Libc.epollControl(epoll, operation, fd, event.address()) < 0) {
            throw new IllegalStateException("epoll_ctl");
        }
    }

    void start() {
        tickAgain();
        thread.start();
    }

    private void tickAgain() {
        schedule(
                () -> {
                    tick();
                    tickAgain();
                },
                TICK_MS);
    }

    // ---- the turns

    private void turn() {
        errno = Libc.errno();
        long stopNs = Long.MAX_VALUE;
        while (System.nanoTime() - stopNs < 0 || stopNs == Long.MAX_VALUE) {
            int ready = Libc.epollWait(errno, epoll, events.address(), EVENTS, waitMs());
            try {
                for (int i = 0; i < ready; i++) {
                    handle(i);
                }
                runAlarms();
                runTasks();
            } catch (Throwable e) { // an Error of somebody's task: the other rooms must not suffer
                fault(e);
            }
            if (stopping && stopNs == Long.MAX_VALUE) {
                stopNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MS);
            }
        }
        closeAllFds();
    }

    private void closeAllFds() {
        synchronized (one) { // nobody writes to a number that may be another file's by then
            dead = true;
            Libc.close(wakeUp);
        }
        Libc.close(epoll);
        socket.close();
    }

    /** Milliseconds until something is to be done without a packet. */
    private int waitMs() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        Alarm next = alarms.peek();
        if (next == null) {
            return stopping ? 1 : (int) FOREVER_MS;
        }
        long ns = next.atNs - System.nanoTime();
        long ms = ns <= 0 ? 0 : Math.min(FOREVER_MS, ns / 1_000_000 + 1);
        return (int) (stopping ? Math.min(1, ms) : ms);
    }

    private void handle(int i) {
        long at = (long) i * Libc.EPOLL_EVENT_BYTES;
        int what = events.get(JAVA_INT_UNALIGNED, at);
        int fd = events.get(JAVA_INT_UNALIGNED, at + Libc.EPOLL_DATA_AT);
        if (fd == wakeUp) {
            Libc.read(errno, wakeUp, drained.address(), 8);
            return;
        }
        if ((what & Libc.EPOLLOUT) != 0) {
            outgoing.flush();
            watchOut();
        }
        if ((what & ~Libc.EPOLLOUT) != 0) { // EPOLLERR too: reading takes the error off the socket
            receive();
        }
    }

    private void receive() {
        int count = incoming.receive(errno, socket.fd);
        if (count <= 0) {
            return;
        }
        beginBatch();
        for (int i = 0; i < count; i++) {
            received(incoming.packet(i), incoming.sender(i), null);
        }
        endBatch();
    }

    private void runAlarms() {
        if (alarms.isEmpty()) {
            return;
        }
        long nowNs = System.nanoTime();
        for (Alarm next = alarms.peek(); next != null && next.atNs - nowNs <= 0; next = alarms.peek()) {
            alarms.poll();
            if (!next.cancelled) {
                run(next.task);
            }
        }
    }

    private void runTasks() {
        awake.set(false); // before looking: who adds one from now on wakes us
        for (int left = 1024; left > 0; left--) { // then packets again
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    // ---- from other threads

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread && awake.compareAndSet(false, true)) {
            synchronized (one) {
                if (!dead) {
                    Libc.write(wakeUp, one);
                }
            }
        }
    }

    @Override
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    @Override
    public Timer schedule(Runnable task, long delayMs) {
        var alarm = new Alarm(task, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs));
        if (inLoop()) {
            alarms.add(alarm);
        } else {
            execute(() -> alarms.add(alarm));
        }
        return alarm;
    }

    /** Ends the thread and closes the socket soon; what was queued before is done first. Waits for it, at most some seconds. */
    void stop() {
        if (thread.getState() == Thread.State.NEW) {
            closeAllFds();
            return;
        }
        stopping = true;
        execute(() -> {});
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- packets out

    @Override
    UdpPath udpPath(AddressKey key, InetSocketAddress remote, ClientTransport owner) {
        return new NativeUdpPath(outgoing, socket.family, key, remote, owner);
    }

    @Override
    void flushUdp() {
        if (!outgoing.isEmpty() && !outgoing.isBlocked()) {
            outgoing.flush();
            if (outgoing.isBlocked()) {
                watchOut();
            }
        }
    }

    /** Asks to be told when the socket takes packets again, as long as some wait. */
    private void watchOut() {
        if (watchesOut != outgoing.isBlocked()) {
            watchesOut = outgoing.isBlocked();
            watch(Libc.EPOLL_CTL_MOD, socket.fd, watchesOut ? Libc.EPOLLIN | Libc.EPOLLOUT : Libc.EPOLLIN);
        }
    }
}
