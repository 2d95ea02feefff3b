package dev.parley.relay.transport;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One UDP socket by file descriptor, not blocking. IPv4 when it is bound to an IPv4 address, else IPv6 that takes IPv4 too. */
final class NativeSocket {
    final int fd;
    final int family;
    /** True when the kernel knows UDP_SEGMENT. */
    final boolean segmentation;

    private NativeSocket(int fd, int family) {
        this.fd = fd;
        this.family = family;
        segmentation = Libc.setOption(fd, Libc.SOL_UDP, Libc.UDP_SEGMENT, 0) == 0;
    }

    /**
     * @param port 0 = any free one
     * @param shared others may bind the same port (SO_REUSEPORT)
     * @throws IOException when the address cannot be had
     */
    static NativeSocket bind(String address, int port, boolean shared, int bufferBytes) throws IOException {
        var wanted = new InetSocketAddress(InetAddress.getByName(address), port);
        AddressKey key = AddressKey.of(wanted);
        int family = key.isIpv4() ? Libc.AF_INET : Libc.AF_INET6;
        int fd = Libc.checked(Libc.udpSocket(family), "socket");
        try (Arena arena = Arena.ofConfined()) {
            if (family == Libc.AF_INET6) {
                Libc.checked(Libc.setOption(fd, Libc.IPPROTO_IPV6, Libc.IPV6_V6ONLY, 0), "IPV6_V6ONLY");
            }
            if (shared) {
                Libc.checked(Libc.setOption(fd, Libc.SOL_SOCKET, Libc.SO_REUSEPORT, 1), "SO_REUSEPORT");
            }
            Libc.setOption(fd, Libc.SOL_SOCKET, Libc.SO_SNDBUF, bufferBytes); // as much as the system allows
            if (Libc.setOption(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, bufferBytes) < 0) {
                Libc.setOption(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, bufferBytes);
            }
            MemorySegment raw = arena.allocate(AddressKey.SOCKADDR_BYTES, 8);
            int bytes = key.write(raw, 0, family);
            Libc.checked(Libc.bind(fd, raw.asSlice(0, bytes)), "bind " + wanted);
            return new NativeSocket(fd, family);
        } catch (IOException | RuntimeException e) {
            Libc.close(fd);
            throw e;
        }
    }

    int port() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(AddressKey.SOCKADDR_BYTES, 8);
            Libc.checked(Libc.getsockname(fd, raw), "getsockname");
            return new AddressKey().set(raw, 0).port();
        }
    }

    void close() {
        Libc.close(fd);
    }
}
