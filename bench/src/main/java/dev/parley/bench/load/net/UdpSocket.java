package dev.parley.bench.load.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/** A non-blocking IPv4 UDP socket whose datagrams the kernel stamps as they arrive. {@link #send} is for any thread. */
public final class UdpSocket implements AutoCloseable {
    /** At 1,100 bytes the kernel charges about 2.3 kB a datagram. */
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private static final int ADDRESS_BYTES = 16;
    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final int fd;
    private final int port;
    private volatile boolean closed;

    private UdpSocket(int fd, int port) {
        this.fd = fd;
        this.port = port;
    }

    /** Bound to a free port. @param gro take several datagrams of one sender as one (see {@link ReceiveBatch#segmentBytes}) */
    public static UdpSocket open(Inet4Address local, boolean gro) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var errno = Libc.errnoRoom(arena);
            int fd = Libc.orThrow(
                    (int) Libc.SOCKET.invokeExact(errno, Libc.AF_INET, Libc.DATAGRAM_NONBLOCKING, 0), "socket", errno);
            try {
                option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, RECEIVE_BUFFER_BYTES, arena, errno);
                option(fd, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1, arena, errno);
                if (gro) option(fd, Libc.SOL_UDP, Libc.UDP_GRO, 1, arena, errno);
                var address = address(new InetSocketAddress(local, 0), arena);
                Libc.orThrow((int) Libc.BIND.invokeExact(errno, fd, address, ADDRESS_BYTES), "bind", errno);
                var length = arena.allocateFrom(JAVA_INT, ADDRESS_BYTES);
                Libc.orThrow((int) Libc.GETSOCKNAME.invokeExact(errno, fd, address, length), "getsockname", errno);
                return new UdpSocket(fd, Short.toUnsignedInt(address.get(NET_SHORT, 2)));
            } catch (IOException e) {
                int unused = (int) Libc.CLOSE.invokeExact(fd);
                throw e;
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    private static void option(int fd, int level, int name, int value, Arena arena, MemorySegment errno)
            throws Throwable {
        int result = (int) Libc.SETSOCKOPT.invokeExact(errno, fd, level, name, arena.allocateFrom(JAVA_INT, value), 4);
        Libc.orThrow(result, "setsockopt " + name, errno);
    }

    /** struct sockaddr_in. */
    private static MemorySegment address(InetSocketAddress of, Arena arena) {
        var address = arena.allocate(ADDRESS_BYTES, 4);
        address.set(JAVA_SHORT, 0, (short) Libc.AF_INET);
        address.set(NET_SHORT, 2, (short) of.getPort());
        byte[] bytes = of.getAddress().getAddress();
        if (bytes.length != 4) throw new IllegalArgumentException("not an IPv4 address: " + of);
        MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 4, 4);
        return address;
    }

    /** From now on datagrams go to this peer and are taken from it only. */
    public void connect(InetSocketAddress peer) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var errno = Libc.errnoRoom(arena);
            Libc.orThrow(
                    (int) Libc.CONNECT.invokeExact(errno, fd, address(peer, arena), ADDRESS_BYTES), "connect", errno);
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    /** One datagram; lost when it cannot be sent, as datagrams may be. For the rare ones: media goes by {@link SendBatch}. */
    public void send(byte[] bytes, int offset, int length) {
        try (Arena arena = Arena.ofConfined()) {
            var copy = arena.allocate(length);
            MemorySegment.copy(bytes, offset, copy, JAVA_BYTE, 0, length);
            long unused = (long) Libc.SEND.invokeExact(fd, copy, (long) length, Libc.MSG_DONTWAIT);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }

    int fd() {
        return fd;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        try {
            int unused = (int) Libc.CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
    }
}
