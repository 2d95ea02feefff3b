package dev.parley.relay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.transport.client.WebRtcClient.Options;
import dev.parley.rtp.stun.StunKey;
import dev.parley.rtp.stun.StunMessage;
import dev.parley.rtp.stun.StunWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Strangers and enemies at the real sockets, while one well-behaved client must not notice. */
abstract class HostilePacketsTest {
    private final MediaIo io;
    private final int packets;

    HostilePacketsTest(MediaIo io, int packets) {
        this.io = io;
        this.packets = packets;
    }

    /** Sent before waiting for the relay to have read them: what a default socket buffer holds. */
    private static final int BURST = 100;

    private static final int SENDERS = 16;
    private static final long LASTING_BYTES_MAX = 8 << 20;

    /** What packets leave behind is left by every flood; what else this JVM does meanwhile is not. */
    private static final int ROUNDS_MAX = 4;

    @Test
    void randomPacketsByTheMillionLeaveAConnectionUpAndNothingBehind() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            assertTrue(caller.echoes(1));
            var relay = new InetSocketAddress(InetAddress.getLoopbackAddress(), bench.server.port());
            String ufrag = caller.transport.local().iceUfrag();
            var table = ((NettyMediaTransports) bench.server).table();
            var channels = new DatagramChannel[SENDERS]; // strangers with other addresses
            for (int i = 0; i < SENDERS; i++) {
                channels[i] = DatagramChannel.open().connect(relay);
            }
            try {
                flood(
                        bench,
                        channels,
                        random,
                        ufrag,
                        packets / 10,
                        seed); // warm: pools and compiled code are there now
                long least = Long.MAX_VALUE;
                for (int round = 0; round < ROUNDS_MAX && least >= LASTING_BYTES_MAX; round++) {
                    long before = usedBytes();
                    flood(bench, channels, random, ufrag, packets, seed);
                    least = Math.min(least, usedBytes() - before);
                }
                assertTrue(
                        least < LASTING_BYTES_MAX,
                        "seed " + seed + ": every flood leaves at least " + least + " bytes");
            } finally {
                for (DatagramChannel channel : channels) {
                    channel.close();
                }
            }
            assertEquals(TransportState.CONNECTED, caller.transport.state(), "seed " + seed);
            assertEquals(1, table.addresses(), "seed " + seed);
            assertEquals(1, table.names(), "seed " + seed);
            assertEquals(0, bench.server.counters().faults, "seed " + seed);
            assertTrue(bench.server.counters().unknownKind > 0);
            assertTrue(bench.server.counters().unknownAddress > 0);
            assertTrue(bench.server.counters().badStun > 0);
            assertTrue(bench.server.counters().unknownUfrag > 0);
            assertTrue(caller.transport.counters().stunBad > 0);
            assertTrue(caller.echoes(2), "seed " + seed);
        }
    }

    private static void flood(
            TransportBench bench,
            DatagramChannel[] channels,
            SplittableRandom random,
            String ufrag,
            int count,
            long seed)
            throws IOException {
        var packet = ByteBuffer.allocate(1600);
        for (int sent = 0; sent < count; sent += BURST) {
            long before = bench.server.counters().datagramsIn;
            for (int i = 0; i < BURST; i++) {
                garbage(random, packet, ufrag);
                channels[random.nextInt(SENDERS)].write(packet);
            }
            await(
                    () -> bench.server.counters().datagramsIn >= before + BURST,
                    "seed " + seed + ": the relay reads no more");
        }
    }

    /** Random bytes, of which some begin like STUN, DTLS or RTP, and some name the client. */
    private static void garbage(SplittableRandom random, ByteBuffer packet, String ufrag) {
        byte[] bytes = packet.array();
        int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 1500 : 120);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        switch (random.nextInt(5)) {
            case 0 -> bytes[0] = (byte) random.nextInt(4);
            case 1 -> bytes[0] = (byte) random.nextInt(20, 64);
            case 2 -> bytes[0] = (byte) random.nextInt(128, 192);
            case 3 -> {
                ByteBuf stun = Unpooled.wrappedBuffer(bytes).clear();
                var writer = new StunWriter()
                        .begin(stun, StunMessage.BINDING_REQUEST, random.nextInt(), random.nextLong())
                        .username((random.nextBoolean() ? ufrag : "nobody") + ":x")
                        .useCandidate();
                writer.end(new StunKey("a wrong password it is"));
                length = stun.writerIndex();
            }
            default -> {}
        }
        packet.clear().limit(length);
    }

    @Test
    void forgedPacketsFromTheClientsOwnAddressDoNotBreakIt() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.UDP);
            caller.connect();
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[14 + random.nextInt(200)];
                random.nextBytes(bytes);
                switch (i % 4) {
                    case 0 -> bytes[0] = (byte) 0x80;
                    case 1 -> {
                        bytes[0] = (byte) 0x80;
                        bytes[1] = (byte) 200;
                    }
                    case 2 -> bytes[0] = (byte) random.nextInt(20, 64);
                    default -> { // a record that looks like one of this association: right version, epoch and length
                        bytes[0] = (byte) random.nextInt(20, 24);
                        bytes[1] = (byte) 0xFE;
                        bytes[2] = (byte) 0xFD;
                        bytes[3] = 0;
                        bytes[4] = (byte) random.nextInt(2);
                        bytes[11] = 0;
                        bytes[12] = (byte) (bytes.length - 13);
                        if (random.nextBoolean()) { // a fatal alert in the clear
                            bytes = Arrays.copyOf(bytes, 15);
                            bytes[0] = 21;
                            bytes[12] = 2;
                            bytes[13] = 2;
                        }
                    }
                }
                caller.client.sendRaw(bytes);
                if (i % BURST == 0) {
                    assertTrue(caller.echoes(i / BURST), "seed " + seed);
                }
            }
            assertTrue(caller.echoes(1_000), "seed " + seed);
            assertEquals(TransportState.CONNECTED, caller.transport.state(), "seed " + seed);
            assertTrue(caller.transport.counters().badAuth > 0);
            await(() -> ((ClientTransport) caller.transport).dtlsWaiting() == 0, "seed " + seed);
            caller.client.close();
            bench.awaitState(caller.transport, TransportState.CLOSED); // DTLS still understands its peer
        }
    }

    @Test
    void aTcpConnectionThatSendsNoFramesOrTooLongOnesIsClosed() throws Exception {
        try (var bench = new TransportBench(TransportBench.settings(io))) {
            var caller = bench.new Caller(Options.TCP);
            caller.connect();
            try (var stranger = new Socket(InetAddress.getLoopbackAddress(), bench.server.port())) {
                stranger.getOutputStream().write("GET / HTTP/1.1\r\nHost: relay\r\n\r\n".getBytes());
                stranger.setSoTimeout(10_000);
                assertEquals(-1, stranger.getInputStream().read());
            }
            assertTrue(bench.server.counters().tcpBad > 0);
            assertTrue(caller.echoes(1));
        }
    }

    @Test
    void takesNoMoreTcpConnectionsThanItsSettingsAllow() throws Exception {
        var one = new TransportSettings("127.0.0.1", 0, List.of("127.0.0.1"), 1, 10, 1, 10_000, 7_000, 15_000, io);
        try (var bench = new TransportBench(one)) {
            var caller = bench.new Caller(Options.TCP);
            caller.connect();
            try (var second = new Socket(InetAddress.getLoopbackAddress(), bench.server.port())) {
                second.setSoTimeout(10_000);
                assertEquals(-1, second.getInputStream().read());
            }
            assertEquals(1, bench.server.counters().tcpRefused);
            assertTrue(caller.echoes(1));
        }
    }

    /** Heap and direct memory of the pools. */
    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TransportBench.DEADLINE_S);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise);
            }
            Thread.onSpinWait();
        }
    }
}
