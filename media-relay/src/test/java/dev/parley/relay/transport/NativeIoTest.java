package dev.parley.relay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.client.WebRtcClient.Options;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only native I/O has: the kernel's segmentation seen from the other side, raw addresses, a loop of its own. */
class NativeIoTest {
    /** Sends so many packets, of the sizes given, in one batch of the loop. */
    private static void sendInOneBatch(TransportBench.Caller caller, MediaLoop loop, int... payloads) {
        loop.execute(() -> {
            for (int i = 0; i < payloads.length; i++) {
                ByteBuf out = Unpooled.directBuffer();
                RtpPacket.writeHeader(out, 111, false, 100 + i, 960L * i, 2222);
                caller.transport.sendRtp(out.writeBytes(new byte[payloads[i]]));
                out.release();
            }
        });
    }

    private static List<Integer> sizes(TransportBench.Caller caller, int count) throws InterruptedException {
        var sizes = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            byte[] got = caller.rtp.poll(TransportBench.DEADLINE_S, TimeUnit.SECONDS);
            assertTrue(got != null, "packet " + i + " of " + count + " after " + sizes);
            assertEquals(100 + i, Unpooled.wrappedBuffer(got).getUnsignedShort(2), "in order");
            sizes.add(got.length - RtpPacket.FIXED_HEADER_BYTES);
        }
        return sizes;
    }

    private static void burst(String bind, int... payloads) throws Exception {
        var settings = TransportSettings.of(bind, 0, List.of(bind)).withIo(MediaIo.NATIVE);
        try (var bench = new TransportBench(settings)) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            long before = bench.server.counters().sendCalls;
            sendInOneBatch(caller, bench.server.loopFor("room"), payloads);
            var expected = new ArrayList<Integer>();
            for (int one : payloads) expected.add(one);
            assertEquals(expected, sizes(caller, payloads.length));
            assertTrue(bench.server.counters().sendCalls - before <= 3, "one call, and checks meanwhile");
            assertEquals(0, bench.server.counters().sendErrors);
        }
    }

    @Test
    void aBurstOfEqualPacketsArrivesWhole() throws Exception {
        burst("127.0.0.1", 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000);
    }

    @Test
    void aBurstThatEndsInAShorterPacketArrivesWhole() throws Exception {
        burst("127.0.0.1", 1000, 1000, 1000, 300);
    }

    @Test
    void aBurstOfUnequalPacketsArrivesWholeAndInOrder() throws Exception {
        burst("127.0.0.1", 1000, 200, 1000, 1001, 1000, 1000, 1, 1, 1200, 1200, 0, 0, 40);
    }

    @Test
    void aBurstArrivesWholeOverIpv6() throws Exception {
        burst("::1", 1000, 1000, 1000, 300, 1000, 700);
    }

    @Test
    void clientsOfBothFamiliesReachOneSocketThatIsBoundToAll() throws Exception {
        for (String announced : List.of("127.0.0.1", "::1")) {
            var settings = TransportSettings.of("::", 0, List.of(announced)).withIo(MediaIo.NATIVE);
            try (var bench = new TransportBench(settings)) {
                var caller = bench.new Caller(Options.UDP);
                caller.connect();
                assertTrue(caller.echoes(1), announced);
            }
        }
    }

    @Test
    void aPortThatIsTakenIsRefusedWithItsNumber() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.NATIVE))) {
            int port = bench.server.port();
            var again = TransportSettings.of("127.0.0.1", port, List.of("127.0.0.1"))
                    .withIo(MediaIo.NATIVE);
            try {
                NettyMediaTransports.start(again).close();
                throw new AssertionError("bound twice");
            } catch (IOException e) {
                assertTrue(e.getMessage().contains(":" + port), e.getMessage());
            }
        }
    }

    @Test
    void addressesAreReadFromAndWrittenAsTheKernelsStructures() {
        var four = AddressKey.of(new InetSocketAddress("192.0.2.7", 50_000));
        var six = AddressKey.of(new InetSocketAddress("2001:db8::7", 50_000));
        try (var arena = java.lang.foreign.Arena.ofConfined()) {
            var memory = arena.allocate(64, 8);
            assertEquals(16, four.write(memory, 0, Libc.AF_INET));
            assertEquals("0200c350c0000207", hex(memory, 8));
            assertEquals(four, new AddressKey().set(memory, 0));
            assertEquals(28, four.write(memory, 0, Libc.AF_INET6));
            assertEquals("0a00c3500000000000000000000000000000ffffc000020700000000", hex(memory, 28));
            assertEquals(four, new AddressKey().set(memory, 0), "mapped or not, it is the same client");
            assertEquals(28, six.write(memory, 0, Libc.AF_INET6));
            assertEquals("0a00c3500000000020010db800000000000000000000000700000000", hex(memory, 28));
            assertEquals(six, new AddressKey().set(memory, 0));
            assertEquals(new InetSocketAddress("192.0.2.7", 50_000), four.toInetSocketAddress());
            assertEquals(new InetSocketAddress("2001:db8::7", 50_000), six.toInetSocketAddress());
            assertNotEquals(four, AddressKey.of(new InetSocketAddress("192.0.2.7", 50_001)));
            assertNotEquals(four, AddressKey.of(new InetSocketAddress("192.0.2.8", 50_000)));
            assertEquals(four.hashCode(), four.copy().hashCode());
        }
    }

    private static String hex(java.lang.foreign.MemorySegment memory, int bytes) {
        return HexFormat.of().formatHex(memory.asSlice(0, bytes).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }

    @Test
    void tasksOfOtherThreadsAndTimersRunOnTheLoopInOrder() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.NATIVE))) {
            MediaLoop loop = bench.server.loopFor("room");
            var seen = new ArrayList<Integer>();
            var done = new CountDownLatch(1);
            MediaLoop.Timer never = loop.schedule(() -> seen.add(-1), 20);
            never.cancel();
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                loop.execute(() -> {
                    assertTrue(loop.inLoop());
                    seen.add(number);
                });
            }
            loop.schedule(() -> seen.add(5_001), 40);
            loop.schedule(() -> seen.add(5_000), 30);
            loop.schedule(done::countDown, 60);
            assertTrue(done.await(TransportBench.DEADLINE_S, TimeUnit.SECONDS));
            assertEquals(
                    java.util.stream.IntStream.rangeClosed(0, 5_001).boxed().toList(), seen);
        }
    }

    @Test
    void aTaskThatThrowsIsCountedAndTheLoopGoesOn() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.NATIVE))) {
            MediaLoop loop = bench.server.loopFor("room");
            loop.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            loop.execute(() -> {
                throw new AssertionError("on purpose");
            });
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            assertTrue(caller.echoes(1));
            assertEquals(2, bench.server.counters().faults);
        }
    }

    @Test
    void aPacketThatIsTooLongToProtectTakesNothingFromTheNext() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.NATIVE))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            MediaLoop loop = bench.server.loopFor("room");
            loop.execute(() -> {
                ByteBuf tooLong = Unpooled.directBuffer();
                RtpPacket.writeHeader(tooLong, 111, false, 99, 0, 2222);
                caller.transport.sendRtp(tooLong.writeZero(2_100));
                tooLong.release();
            });
            sendInOneBatch(caller, loop, 500, 500);
            assertEquals(List.of(500, 500), sizes(caller, 2));
            assertEquals(1, caller.transport.counters().droppedOut);
        }
    }

    @Test
    void whatIsReceivedIsReadAsTheClientSentIt() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(MediaIo.NATIVE))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            for (int from = 0; from < 300; from += 100) { // more than one batch, less than the client's socket holds
                for (int i = from; i < from + 100; i++) {
                    caller.client.sendRtp(TransportBench.packet(i));
                }
                for (int i = from; i < from + 100; i++) {
                    byte[] got = caller.rtp.poll(TransportBench.DEADLINE_S, TimeUnit.SECONDS);
                    assertNotNull(got, "packet " + i);
                    assertEquals(
                            ByteBufUtil.hexDump(TransportBench.packet(i)), ByteBufUtil.hexDump(got), "packet " + i);
                }
            }
        }
    }
}
