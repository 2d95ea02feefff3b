package dev.parley.bench.load.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Which of many sockets have something to read (epoll(7), level-triggered). {@link #poll} by one thread, the rest by any. */
public final class Epoll implements AutoCloseable {
    public static final int EVENTS = 256;
    private static final int EPOLL_CTL_ADD = 1, EPOLLIN = 1;
    /** struct epoll_event is packed on x86-64 only (epoll_event(3type)). */
    private static final boolean PACKED = System.getProperty("os.arch").matches("amd64|x86_64");

    private static final int EVENT_BYTES = PACKED ? 12 : 16;
    private static final int DATA_OFFSET = PACKED ? 4 : 8;

    private final MemorySegment events;
    private final int fd;

    public Epoll(Arena arena) throws IOException {
        events = arena.allocate((long) EVENTS * EVENT_BYTES, 8);
        var errno = Libc.errnoRoom(arena);
        try {
            fd = (int) Libc.EPOLL_CREATE.invokeExact(errno, 0);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
        Libc.orThrow(fd, "epoll_create1", errno);
    }

    /** @param tag what {@link #tag} will say of this socket; closing the socket takes it out again */
    public void add(UdpSocket socket, int tag) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var errno = Libc.errnoRoom(arena);
            var event = arena.allocate(EVENT_BYTES, 8);
            event.set(JAVA_INT, 0, EPOLLIN);
            event.set(JAVA_INT_UNALIGNED, DATA_OFFSET, tag);
            Libc.orThrow(
                    (int) Libc.EPOLL_CTL.invokeExact(errno, fd, EPOLL_CTL_ADD, socket.fd(), event), "epoll_ctl", errno);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    /** Does not wait. @return sockets with something to read, at most {@link #EVENTS}; the kernel takes turns when there are more */
    public int poll() {
        try {
            return Math.max(0, (int) Libc.EPOLL_WAIT.invokeExact(fd, events, EVENTS, 0));
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    /** Of the event with this number. */
    public int tag(int event) {
        return events.get(JAVA_INT_UNALIGNED, (long) event * EVENT_BYTES + DATA_OFFSET);
    }

    @Override
    public void close() {
        try {
            int unused = (int) Libc.CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }
}
