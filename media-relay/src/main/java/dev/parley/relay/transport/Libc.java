package dev.parley.relay.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Linux system calls through the FFM API, for 64-bit x86 and ARM. Constants and structures are those of the kernel's user interface, which never
 * change. Every method answers 0 or more, or the negated errno; none throws. Pointers are longs. Not {@link Linker.Option#critical critical}:
 * these block, or run long enough (a sendmmsg of 64 runs: a millisecond) that the collector must not wait for them.
 */
final class Libc {
    static final int EINTR = 4, EIO = 5, EAGAIN = 11, EINVAL = 22, EMSGSIZE = 90;
    static final int AF_INET = 2, AF_INET6 = 10;
    static final int SOL_SOCKET = 1, SO_SNDBUF = 7, SO_RCVBUF = 8, SO_REUSEPORT = 15, SO_RCVBUFFORCE = 33;
    static final int IPPROTO_IPV6 = 41, IPV6_V6ONLY = 26;
    static final int SOL_UDP = 17, UDP_SEGMENT = 103;
    static final int EPOLL_CTL_ADD = 1, EPOLL_CTL_MOD = 3, EPOLLIN = 1, EPOLLOUT = 4;
    static final int MSG_DONTWAIT = 0x40;
    private static final int SOCK_DGRAM = 2, NONBLOCK = 0x800, CLOEXEC = 0x80000;

    /** struct epoll_event is packed on x86: events (4), data (8). */
    static final int EPOLL_EVENT_BYTES = arm() ? 16 : 12, EPOLL_DATA_AT = arm() ? 8 : 4;

    /** "" when all calls are there, else why not. */
    static final String UNAVAILABLE;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_AT =
            STATE.byteOffset(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> ERRNO =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final MethodHandle SOCKET, BIND, GETSOCKNAME, SETSOCKOPT, CLOSE, EVENTFD, READ, WRITE;
    private static final MethodHandle EPOLL_CREATE, EPOLL_CTL, EPOLL_WAIT, RECVMMSG, SENDMMSG, SETPRIORITY;

    static {
        var found = new Bindings();
        SOCKET = found.of("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        BIND = found.of("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
        GETSOCKNAME = found.of("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
        SETSOCKOPT = found.of(
                "setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT));
        CLOSE = found.of("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        EVENTFD = found.of("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        READ = found.of("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
        WRITE = found.of("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
        EPOLL_CREATE = found.of("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        EPOLL_CTL = found.of("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        EPOLL_WAIT = found.of("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
        RECVMMSG = found.of(
                "recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG));
        SENDMMSG = found.of("sendmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT));
        SETPRIORITY = found.of("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        UNAVAILABLE = found.missing;
    }

    private Libc() {}

    private static boolean arm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    /** Memory for the errno of one thread's calls; given to those that run per packet, so that nothing is looked up there. */
    static MemorySegment errno() {
        return ERRNO.get();
    }

    private static int errno(MemorySegment state) {
        return state.get(JAVA_INT, ERRNO_AT);
    }

    /** Not blocking, closed on exec. */
    static int udpSocket(int family) {
        try {
            MemorySegment state = errno();
            int fd = (int) SOCKET.invokeExact(state, family, SOCK_DGRAM | NONBLOCK | CLOEXEC, 0);
            return fd >= 0 ? fd : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int bind(int fd, MemorySegment address) {
        try {
            MemorySegment state = errno();
            int done = (int) BIND.invokeExact(state, fd, address.address(), (int) address.byteSize());
            return done >= 0 ? done : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int getsockname(int fd, MemorySegment address) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = errno();
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
            int done = (int) GETSOCKNAME.invokeExact(state, fd, address.address(), length.address());
            return done >= 0 ? done : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int setOption(int fd, int level, int name, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = errno();
            MemorySegment at = arena.allocateFrom(JAVA_INT, value);
            int done = (int) SETSOCKOPT.invokeExact(state, fd, level, name, at.address(), 4);
            return done >= 0 ? done : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static void close(int fd) {
        try {
            int _ = (int) CLOSE.invokeExact(errno(), fd);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int eventFd() {
        try {
            MemorySegment state = errno();
            int fd = (int) EVENTFD.invokeExact(state, 0, NONBLOCK | CLOEXEC);
            return fd >= 0 ? fd : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int epoll() {
        try {
            MemorySegment state = errno();
            int fd = (int) EPOLL_CREATE.invokeExact(state, CLOEXEC);
            return fd >= 0 ? fd : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int epollControl(int epoll, int operation, int fd, long event) {
        try {
            MemorySegment state = errno();
            int done = (int) EPOLL_CTL.invokeExact(state, epoll, operation, fd, event);
            return done >= 0 ? done : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int epollWait(MemorySegment state, int epoll, long events, int max, int timeoutMs) {
        try {
            int count = (int) EPOLL_WAIT.invokeExact(state, epoll, events, max, timeoutMs);
            return count >= 0 ? count : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int read(MemorySegment state, int fd, long at, int bytes) {
        try {
            long count = (long) READ.invokeExact(state, fd, at, (long) bytes);
            return count >= 0 ? (int) count : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    static int write(int fd, MemorySegment what) {
        try {
            MemorySegment state = errno();
            long count = (long) WRITE.invokeExact(state, fd, what.address(), what.byteSize());
            return count >= 0 ? (int) count : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** @param messages array of struct mmsghdr */
    static int receive(MemorySegment state, int fd, long messages, int count) {
        try {
            int got = (int) RECVMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT, 0L);
            return got >= 0 ? got : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** @param messages array of struct mmsghdr; as many as answered were sent, from the first on */
    static int send(MemorySegment state, int fd, long messages, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(state, fd, messages, count, MSG_DONTWAIT);
            return sent >= 0 ? sent : -errno(state);
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** Of the calling thread. @param nice 0 to 19, 19 is the least */
    static void lowerPriority(int nice) {
        try {
            int _ = (int) SETPRIORITY.invokeExact(errno(), 0, 0, nice); // refused nowhere: lower is always allowed
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    /** @throws IOException when the answer is a negated errno */
    static int checked(int answer, String what) throws IOException {
        if (answer < 0) {
            throw new IOException(what + ": errno " + -answer);
        }
        return answer;
    }

    private static IllegalStateException fault(Throwable e) {
        return new IllegalStateException("system call", e); // the types are fixed: cannot be
    }

    @SuppressWarnings("restricted") // what native access means: the signatures above are the kernel's
    private static final class Bindings {
        private final Linker linker;
        String missing;

        Bindings() {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            String machine = System.getProperty("os.arch", "");
            boolean known = system.equals("linux") && (machine.equals("amd64") || machine.equals("aarch64"));
            missing = known
                    ? ""
                    : "system calls are known for Linux on amd64 and aarch64, not " + system + " on " + machine;
            linker = known ? Linker.nativeLinker() : null;
        }

        MethodHandle of(String name, FunctionDescriptor type) {
            if (!missing.isEmpty()) {
                return null;
            }
            try {
                return linker.downcallHandle(
                        linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
            } catch (RuntimeException | LinkageError e) {
                missing = name + ": " + e.getMessage();
                return null;
            }
        }
    }
}
