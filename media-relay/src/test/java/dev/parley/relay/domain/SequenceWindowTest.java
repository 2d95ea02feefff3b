package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceWindowTest {
    @Test
    void numbersGrowOverTheWrapAndDuplicatesAreTold() {
        var window = new SequenceWindow();
        long first = window.accept(65_534);
        assertEquals(first + 1, window.accept(65_535));
        assertEquals(first + 2, window.accept(0));
        assertEquals(SequenceWindow.DUPLICATE, window.accept(65_535));
        assertEquals(first + 4, window.accept(2));
        assertEquals(first + 3, window.accept(1), "late but new");
        assertEquals(SequenceWindow.DUPLICATE, window.accept(1));
    }

    @Test
    void aPacketFromLongAgoIsTooOldUntilTheSenderHasClearlyRestarted() {
        var window = new SequenceWindow();
        window.accept(30_000);
        for (int i = 0; i < 19; i++) assertEquals(SequenceWindow.TOO_OLD, window.accept(10 + i), "packet " + i);
        assertTrue(window.accept(40) > 0x10000L + 30_000, "a new cycle");
        assertTrue(window.accept(41) > 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eachNumberPassesOnce(long seed) {
        var random = new SplittableRandom(seed);
        var window = new SequenceWindow();
        long truth = 0x10000L + random.nextInt(65_536);
        window.accept((int) truth & 0xFFFF);
        Set<Long> passed = new HashSet<>(Set.of(truth));
        for (int i = 0; i < 200_000; i++) {
            long packet = truth + random.nextInt(-600, 4);
            if (packet < 0x10000) continue;
            long extended = window.accept((int) packet & 0xFFFF);
            truth = Math.max(truth, packet);
            if (extended == SequenceWindow.DUPLICATE) assertTrue(passed.contains(packet), "seed " + seed + " at " + i);
            else {
                assertEquals(packet, extended, "seed " + seed + " at " + i);
                assertTrue(passed.add(packet), "seed " + seed + ": twice " + packet);
            }
        }
    }
}
