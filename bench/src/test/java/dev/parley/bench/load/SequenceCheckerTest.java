package dev.parley.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceCheckerTest {
    private final SequenceChecker checker = new SequenceChecker();

    @Test
    void aWholeStreamHasNoHoles() {
        for (int i = 0; i < 1_000; i++) assertEquals(i + 500, checker.accept(i + 500));
        assertEquals(1_000, checker.received());
        assertEquals(0, checker.missing() + checker.repeated() + checker.reordered());
    }

    @Test
    void numbersGoOnOverWraps() {
        long last = 0;
        for (int i = 65_000; i < 200_000; i++) last = checker.accept(i & 0xFFFF);
        assertEquals(199_999, last);
        assertEquals(0, checker.missing());
    }

    @Test
    void eachHoleIsCountedOnce() {
        for (int sequence : new int[] {10, 11, 14, 15, 20}) checker.accept(sequence);
        assertEquals(2 + 4, checker.missing());
    }

    @Test
    void aLatePacketFillsItsHoleAndCountsAsReordered() {
        for (int sequence : new int[] {10, 12, 11}) checker.accept(sequence);
        assertEquals(0, checker.missing());
        assertEquals(1, checker.reordered());
        assertEquals(3, checker.received());
    }

    @Test
    void aPacketBeforeTheFirstIsNoHole() {
        for (int sequence : new int[] {65_535, 65_534, 0}) checker.accept(sequence);
        assertEquals(3, checker.received());
        assertEquals(0, checker.missing());
    }

    @Test
    void aRepeatedPacketIsNotReceivedTwice() {
        for (int sequence : new int[] {10, 11, 10, 11, 12}) checker.accept(sequence);
        assertEquals(SequenceChecker.REPEATED, checker.accept(12));
        assertEquals(3, checker.received());
        assertEquals(3, checker.repeated());
    }

    @Test
    void aPacketFromBeyondTheWindowIsNotTakenForANewOne() {
        checker.accept(0);
        checker.accept(SequenceChecker.WINDOW);
        assertEquals(SequenceChecker.REPEATED, checker.accept(0));
        assertEquals(1, checker.accept(1));
        assertEquals(SequenceChecker.WINDOW + 1 - 3, checker.missing());
    }

    @Test
    void afterAGapLongerThanTheWindowNothingIsRemembered() {
        checker.accept(5);
        checker.accept(5 + 3 * SequenceChecker.WINDOW);
        assertEquals(4 + 3 * SequenceChecker.WINDOW, checker.accept(4 + 3 * SequenceChecker.WINDOW));
        assertEquals(0, checker.repeated());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shuffledLossyRepeatedStreamsAreCountedExactly(long seed) {
        var random = new Random(seed);
        var packets = new ArrayList<Integer>();
        int different = 0;
        int repeats = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            boolean edge = i == 0 || i == count - 1;
            if (!edge && random.nextInt(20) == 0) continue;
            packets.add(i);
            different++;
            if (!edge && random.nextInt(50) == 0) {
                packets.add(i);
                repeats++;
            }
        }
        for (int i = 100; i + 100 < packets.size(); i += 100) Collections.shuffle(packets.subList(i, i + 100), random);
        for (int packet : packets) checker.accept(packet + 60_000 & 0xFFFF);
        assertEquals(different, checker.received(), "seed " + seed);
        assertEquals(repeats, checker.repeated(), "seed " + seed);
        assertEquals(count - different, checker.missing(), "seed " + seed);
    }
}
