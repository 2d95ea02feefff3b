package dev.parley.bench.load.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of Linux' C library that the load client calls. Numbers are those of Linux on x86-64 and AArch64. */
final class Libc {
    static final int AF_INET = 2;
    /** SOCK_DGRAM, SOCK_NONBLOCK and SOCK_CLOEXEC. */
    static final int DATAGRAM_NONBLOCKING = 2 | 0x800 | 0x80000;

    static final int SOL_SOCKET = 1, SO_RCVBUF = 8, SO_TIMESTAMPNS = 35;
    static final int SOL_UDP = 17, UDP_GRO = 104;
    static final int MSG_DONTWAIT = 0x40;
    static final int EAGAIN = 11, ECONNREFUSED = 111;
    static final int CLOCK_REALTIME = 0;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle SOCKET = checked("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle BIND = checked("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle CONNECT = checked("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle GETSOCKNAME = checked("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    static final MethodHandle SETSOCKOPT =
            checked("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle EPOLL_CREATE = checked("epoll_create1", JAVA_INT, JAVA_INT);
    static final MethodHandle EPOLL_CTL = checked("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    static final MethodHandle SENDMMSG = checked("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle EPOLL_WAIT = plain("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle RECVMMSG = plain("recvmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    static final MethodHandle SEND = plain("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    static final MethodHandle CLOSE = plain("close", JAVA_INT, JAVA_INT);
    static final MethodHandle CLOCK_GETTIME = plain("clock_gettime", JAVA_INT, JAVA_INT, ADDRESS);

    private Libc() {}

    /** A function whose first argument is room for errno. */
    @SuppressWarnings("restricted") // signatures are those of the manual pages
    private static MethodHandle checked(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    @SuppressWarnings("restricted") // signatures are those of the manual pages
    private static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    /** Room for errno of one thread. */
    static MemorySegment errnoRoom(Arena arena) {
        return arena.allocate(STATE);
    }

    static int errno(MemorySegment room) {
        return (int) ERRNO.get(room, 0L);
    }

    /** The result, or an exception that names the call and errno. */
    static int orThrow(int result, String call, MemorySegment errnoRoom) throws IOException {
        if (result < 0) throw new IOException(call + " failed with errno " + errno(errnoRoom));
        return result;
    }

    /** What a downcall throws can only be a fault of this program. */
    static AssertionError broken(Throwable e) {
        return new AssertionError("a system call that cannot throw did", e);
    }
}
