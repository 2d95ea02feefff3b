package dev.parley.rtp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportFeedbackTest {
    private static final int SLOTS = 1024;

    private final long[] ticks = new long[SLOTS];
    private final TransportFeedbackReader reader = new TransportFeedbackReader();

    @Test
    void threePacketsWithOneLostAreTheBytesOfTheDraft() {
        Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
        ticks[10] = 256 * 5 + 4; // 5 times 64 ms, and 1 ms
        ticks[12] = 256 * 5 + 44; // 10 ms later
        ByteBuf out = Unpooled.buffer();
        assertEquals(3, TransportFeedbackWriter.write(out, 1, 2, 10, 7, ticks, SLOTS - 1, 3));
        assertEquals(
                "8fcd0005" + "00000001" + "00000002" + "000a0003" + "00000507" + "a800" + "0428",
                ByteBufUtil.hexDump(out).substring(0, 48));
        assertTrue(wrap(out));
        assertTrue(reader.next());
        assertEquals(10, reader.sequence());
        assertEquals(5, reader.referenceTime());
        assertEquals(4, reader.ticks());
        assertTrue(reader.next());
        assertFalse(reader.received());
        assertTrue(reader.next());
        assertEquals(44, reader.ticks());
        assertFalse(reader.next());
    }

    static LongStream seeds() {
        return LongStream.range(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenIsReadAgain(long seed) {
        var random = new SplittableRandom(seed);
        double loss = random.nextInt(4) * 0.3;
        int far = random.nextInt(3) == 0 ? 1_000 : 30; // ticks between packets: some want two bytes
        int base = random.nextInt(0x10000);
        int count = 1 + random.nextInt(TransportFeedbackWriter.COUNT_MAX);
        Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
        long at = random.nextLong(1L << 34);
        for (int i = 0; i < count; i++) {
            at += random.nextInt(far) - far / 8;
            if (i == count / 2 || random.nextDouble() >= loss) ticks[base + i & SLOTS - 1] = at;
        }
        ByteBuf out = Unpooled.buffer();
        int told = TransportFeedbackWriter.write(out, 1, 2, base, 0, ticks, SLOTS - 1, count);
        assertEquals(count, told, "seed " + seed);
        assertEquals(0, out.readableBytes() % 4, "seed " + seed);
        assertTrue(out.readableBytes() < 1_200, "seed " + seed);
        assertTrue(wrap(out), "seed " + seed);
        long reference = 0;
        for (int i = count - 1; i >= 0; i--) {
            long arrival = ticks[base + i & SLOTS - 1];
            if (arrival != TransportFeedbackWriter.NOT_RECEIVED) reference = Math.floorDiv(arrival, 256);
        }
        assertEquals(reference & 0xFFFFFF, reader.referenceTime(), "seed " + seed);
        for (int i = 0; i < count; i++) {
            assertTrue(reader.next(), "seed " + seed + " packet " + i);
            long wanted = ticks[base + i & SLOTS - 1];
            assertEquals(base + i & 0xFFFF, reader.sequence(), "seed " + seed);
            assertEquals(
                    wanted != TransportFeedbackWriter.NOT_RECEIVED, reader.received(), "seed " + seed + " packet " + i);
            if (reader.received())
                assertEquals(wanted, reference * 256 + reader.ticks(), "seed " + seed + " packet " + i);
        }
        assertFalse(reader.next(), "seed " + seed);
    }

    @Test
    void arrivalsTooFarApartForADeltaAreToldInTwo() {
        Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
        ticks[0] = 100;
        ticks[1] = 100 + 40_000;
        assertEquals(1, TransportFeedbackWriter.write(Unpooled.buffer(), 1, 2, 0, 0, ticks, SLOTS - 1, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesAreReadWithoutHarm(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[20 + 4 * random.nextInt(20)];
            random.nextBytes(bytes);
            ByteBuf packet = Unpooled.wrappedBuffer(bytes);
            packet.setByte(0, 0x8F).setByte(1, RtcpPacket.RTPFB).setShort(2, bytes.length / 4 - 1);
            if (!wrap(packet)) continue;
            int told = 0;
            while (reader.next()) told++;
            assertTrue(told <= 0xFFFF, "seed " + seed);
        }
    }

    private boolean wrap(ByteBuf compound) {
        var rtcp = new RtcpPacket();
        assertTrue(new RtcpReader().wrap(compound).next(rtcp));
        assertEquals(RtcpPacket.Kind.TRANSPORT_CC, rtcp.kind());
        return reader.wrap(rtcp);
    }
}
