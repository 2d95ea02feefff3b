package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamMungerTest {
    private static final long MS = 1_000_000;

    static LongStream seeds() {
        return LongStream.range(1, 40);
    }

    @Test
    void theFirstPacketGetsTheChosenNumbers() {
        var munger = new StreamMunger(90_000, 500, 7_000);
        munger.resume(70_000, 123, 5 * MS);
        assertEquals(500, munger.map(70_000) & 0xFFFF);
        assertEquals(7_000, munger.timestamp(123));
    }

    @Test
    void aPauseLeavesNoHoleAndTheClockGoesOn() {
        var munger = new StreamMunger(90_000, 500, 7_000);
        munger.resume(100, 0, MS);
        send(munger, 100, 0, MS);
        munger.pause();
        munger.resume(900, 5_000_000, 1_001 * MS);
        assertEquals(501, send(munger, 900, 5_000_000, 1_001 * MS) & 0xFFFF);
        assertEquals(7_000 + 90_000, munger.timestamp(5_000_000), "one second at 90 kHz");
        assertEquals(StreamMunger.NONE, munger.map(899), "from before the stream went on");
    }

    @Test
    void anotherSourceGoesOnInTheSameNumbersAndBothCanBeResent() {
        var munger = new StreamMunger(90_000, 500, 7_000);
        munger.switchSource(1);
        munger.resume(100, 1_000, MS);
        send(munger, 100, 1_000, MS);
        send(munger, 101, 4_600, 41 * MS);
        munger.switchSource(2);
        assertFalse(munger.running());
        assertEquals(StreamMunger.NONE, munger.map(101), "of the source before");
        munger.resume(40_000, 90, 7_000 + 7_200, 81 * MS);
        assertEquals(502, send(munger, 40_000, 90, 81 * MS) & 0xFFFF);
        assertEquals(7_000 + 7_200, munger.timestamp(90), "the instant that both sources know");
        assertEquals(101, munger.unmap(501));
        assertEquals(1, munger.mappedSource());
        assertEquals(40_000, munger.unmap(502));
        assertEquals(2, munger.mappedSource());
        munger.switchSource(1);
        munger.resume(300, 0, 121 * MS);
        assertEquals(503, send(munger, 300, 0, 121 * MS) & 0xFFFF);
        assertEquals(StreamMunger.NONE, munger.unmap(501), "the number of its source means another now");
        assertEquals(40_000, munger.unmap(502));
    }

    @Test
    void aTimestampThatCannotBeIsNotHeeded() {
        var munger = new StreamMunger(90_000, 500, 7_000);
        munger.resume(100, 0, MS);
        send(munger, 100, 0, MS);
        munger.switchSource(1);
        munger.resume(5, 0, 6_000, 41 * MS);
        send(munger, 5, 0, 41 * MS);
        assertEquals(7_001, munger.timestamp(0), "never back");
        munger.switchSource(2);
        munger.resume(5, 0, 7_000 + 10 * 90_000, 81 * MS);
        send(munger, 5, 0, 81 * MS);
        assertEquals(7_001 + 3_600, munger.timestamp(0), "ten seconds ahead: the wall clock counts");
    }

    @Test
    void aPacketThatIsLeftOutMakesNoHole() {
        var munger = new StreamMunger(48_000, 10, 0);
        munger.resume(1, 0, MS);
        send(munger, 1, 0, MS);
        assertTrue(munger.skip(2));
        assertTrue(munger.skip(3));
        assertEquals(11, send(munger, 4, 960, 2 * MS) & 0xFFFF);
        assertEquals(10, munger.map(1) & 0xFFFF, "a straggler still maps");
        assertEquals(StreamMunger.NONE, munger.map(2));
        assertEquals(4, munger.unmap(11));
        assertEquals(1, munger.unmap(10));
        assertFalse(munger.skip(9), "only the newest can be left out");
    }

    @Test
    void anotherStreamGoesOnWhereThisOneStopped() {
        var first = new StreamMunger(90_000, 65_535, 0xFFFF_FFF0);
        first.resume(5, 0, MS);
        send(first, 5, 0, MS);
        var second = new StreamMunger(90_000, first.export());
        second.resume(77, 1_000_000, 11 * MS);
        assertEquals(0, second.map(77) & 0xFFFF, "65535 wraps to 0");
        assertEquals((0xFFFF_FFF0L + 900) & 0xFFFF_FFFFL, second.timestamp(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noOrderOfLossReorderPauseAndSkipBreaksAStream(long seed) {
        var random = new SplittableRandom(seed);
        var munger = new StreamMunger(90_000, random.nextInt(65_536), random.nextInt());
        Map<Long, Long> sent = new HashMap<>();
        Set<Long> outs = new HashSet<>();
        long source = 0x10000L + random.nextInt(65_536);
        long nowNs = MS;
        for (int i = 0; i < 2_000; i++) {
            nowNs += MS;
            switch (random.nextInt(40)) {
                case 0 -> munger.pause();
                case 1 -> munger.skip(source++);
                case 2, 3 -> source++; // lost on the way here
                case 4 -> sendOne(munger, Math.max(0x10000, source - random.nextInt(40)), nowNs, sent, outs, seed);
                default -> sendOne(munger, source++, nowNs, sent, outs, seed);
            }
            for (long in = source - 20; in < source; in++) {
                Long out = sent.get(in);
                if (out == null) continue;
                long back = munger.unmap((int) (out & 0xFFFF));
                assertTrue(
                        back == in || back == StreamMunger.NONE, "seed " + seed + ": " + in + " came back as " + back);
            }
        }
    }

    private static void sendOne(
            StreamMunger munger, long in, long nowNs, Map<Long, Long> sent, Set<Long> outs, long seed) {
        if (sent.containsKey(in)) return; // the sequence window lets no duplicate through
        if (!munger.running()) munger.resume(in, in * 100, nowNs);
        long out = munger.map(in);
        if (out == StreamMunger.NONE) return;
        assertTrue(outs.add(out), "seed " + seed + ": " + out + " was used twice");
        munger.onSent(in, out, munger.timestamp(in * 100), nowNs);
        sent.put(in, out);
    }

    private static long send(StreamMunger munger, long in, long timestamp, long nowNs) {
        long out = munger.map(in);
        munger.onSent(in, out, munger.timestamp(timestamp), nowNs);
        return out;
    }
}
