package dev.parley.relay.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A UDP or TCP address as a key of maps, read from a raw struct sockaddr without an object. IPv4 is held as IPv4-mapped IPv6 (RFC 4291 section
 * 2.5.5.2), so that a client is the same one whichever family the socket has. One that is a map's key is never changed; each loop keeps
 * another that it sets for every packet, to look with.
 */
final class AddressKey {
    /** sizeof struct sockaddr_in6, the longer one. */
    static final int SOCKADDR_BYTES = 28;

    private static final int SOCKADDR_IN_BYTES = 16;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private long high;
    private long low;
    private int port;
    private int scope;

    /** A copy that may be a map's key. */
    AddressKey copy() {
        var copy = new AddressKey();
        copy.high = high;
        copy.low = low;
        copy.port = port;
        copy.scope = scope;
        return copy;
    }

    static AddressKey of(InetSocketAddress address) {
        return new AddressKey().set(address);
    }

    AddressKey set(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        ByteBuffer view = ByteBuffer.wrap(bytes);
        high = bytes.length == 4 ? 0 : view.getLong(0);
        low = bytes.length == 4 ? MAPPED | view.getInt(0) & 0xFFFF_FFFFL : view.getLong(8);
        scope = address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0;
        port = address.getPort();
        return this;
    }

    /** @param at of a struct sockaddr_in or sockaddr_in6 as the kernel wrote it */
    AddressKey set(MemorySegment memory, long at) {
        port = memory.get(SHORT, at + 2) & 0xFFFF;
        if (memory.get(JAVA_SHORT_UNALIGNED, at) == Libc.AF_INET) {
            high = 0;
            low = MAPPED | memory.get(INT, at + 4) & 0xFFFF_FFFFL;
            scope = 0;
        } else {
            high = memory.get(LONG, at + 8);
            low = memory.get(LONG, at + 16);
            scope = memory.get(JAVA_INT_UNALIGNED, at + 24);
        }
        return this;
    }

    boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xFFFF;
    }

    /** Writes a struct sockaddr for a socket of this family. @return its length in bytes */
    int write(MemorySegment memory, long at, int family) {
        memory.asSlice(at, SOCKADDR_BYTES).fill((byte) 0);
        memory.set(JAVA_SHORT_UNALIGNED, at, (short) family);
        memory.set(SHORT, at + 2, (short) port);
        if (family == Libc.AF_INET) {
            memory.set(INT, at + 4, (int) low);
            return SOCKADDR_IN_BYTES;
        }
        memory.set(LONG, at + 8, high);
        memory.set(LONG, at + 16, low);
        memory.set(JAVA_INT_UNALIGNED, at + 24, scope);
        return SOCKADDR_BYTES;
    }

    InetSocketAddress toInetSocketAddress() {
        try {
            if (isIpv4()) {
                byte[] four = ByteBuffer.allocate(4).putInt((int) low).array();
                return new InetSocketAddress(InetAddress.getByAddress(four), port);
            }
            byte[] sixteen = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return new InetSocketAddress(Inet6Address.getByAddress(null, sixteen, scope), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressKey o && o.low == low && o.port == port && o.high == high && o.scope == scope;
    }

    @Override
    public int hashCode() {
        long mixed = (low * 0x9E37_79B9_7F4A_7C15L + high) * 0xC2B2_AE3D_27D4_EB4FL + port * 0x1656_67B1L;
        return (int) (mixed ^ mixed >>> 32);
    }

    @Override
    public String toString() {
        return toInetSocketAddress().toString();
    }
}
