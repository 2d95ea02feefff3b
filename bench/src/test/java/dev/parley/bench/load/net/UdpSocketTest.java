package dev.parley.bench.load.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UdpSocketTest {
    private static final long WAIT_NS = 60_000_000_000L;

    private final Inet4Address loopback = (Inet4Address) InetAddress.ofLiteral("127.0.0.1");

    @Test
    void datagramsGoOutInOneBatchAndComeInWithLengthsBytesAndTimes() throws Exception {
        try (Arena arena = Arena.ofConfined();
                var one = UdpSocket.open(loopback, false);
                var two = UdpSocket.open(loopback, false);
                var epoll = new Epoll(arena)) {
            pair(one, two);
            epoll.add(two, 42);
            assertEquals(0, epoll.poll());
            var clock = new Clock();
            long beforeNs = clock.nowNs();
            var out = new SendBatch(arena);
            for (int i = 1; i <= 5; i++) {
                out.next().put(new byte[] {(byte) i, (byte) i, (byte) i, (byte) i, (byte) i}, 0, i);
                out.add(i);
            }
            assertEquals(5, out.flush(one));
            var in = new ReceiveBatch(arena, false);
            assertEquals(1, epoll.poll());
            assertEquals(42, epoll.tag(0));
            assertEquals(5, in.receive(two));
            for (int i = 0; i < 5; i++) {
                assertEquals(i + 1, in.bytes(i));
                assertEquals(i + 1, in.segmentBytes(i));
                assertEquals(i + 1, in.data().get(ValueLayout.JAVA_BYTE, in.offset(i)));
                assertTrue(in.arrivedNs(i) >= beforeNs && in.arrivedNs(i) <= clock.nowNs(), "time " + in.arrivedNs(i));
            }
            assertEquals(0, in.receive(two));
            assertEquals(0, epoll.poll());
        }
    }

    @Test
    void receivingAllocatesNothing() throws Exception {
        try (Arena arena = Arena.ofConfined();
                var one = UdpSocket.open(loopback, false);
                var two = UdpSocket.open(loopback, false)) {
            pair(one, two);
            var in = new ReceiveBatch(arena, false);
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long packets = 0;
            long least = Long.MAX_VALUE;
            byte[] bytes = new byte[1_100];
            // The interpreter allocates for foreign calls, compiled code does not: measured until one round is clean.
            long endNs = System.nanoTime() + 6 * WAIT_NS;
            while (least > 0 && System.nanoTime() < endNs) {
                long allocated = 0;
                for (int round = 0; round < 500; round++) {
                    for (int i = 0; i < 20; i++) one.send(bytes, 0, bytes.length);
                    long before = threads.getCurrentThreadAllocatedBytes();
                    packets += in.receive(two);
                    allocated += threads.getCurrentThreadAllocatedBytes() - before;
                }
                least = Math.min(least, allocated);
            }
            assertTrue(packets > 0);
            assertEquals(0, least, "bytes for 10,000 packets");
        }
    }

    @Test
    void whatASocketCannotHoldIsCounted() throws Exception {
        try (var one = UdpSocket.open(loopback, false);
                var two = UdpSocket.open(loopback, false)) {
            pair(one, two);
            byte[] bytes = new byte[1_400];
            long endNs = System.nanoTime() + WAIT_NS;
            while (SocketDrops.of(Set.of(two.port())) == 0 && System.nanoTime() < endNs) {
                for (int i = 0; i < 1_000; i++) one.send(bytes, 0, bytes.length);
            }
            assertTrue(SocketDrops.of(Set.of(two.port())) > 0);
            assertEquals(0, SocketDrops.of(Set.of(one.port())));
        }
    }

    private void pair(UdpSocket one, UdpSocket two) throws IOException {
        one.connect(new InetSocketAddress(loopback, two.port()));
        two.connect(new InetSocketAddress(loopback, one.port()));
    }
}
