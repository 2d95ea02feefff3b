package dev.parley.relay.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ResendGuardTest {
    private static final long MS = 1_000_000;

    private final ResendGuard guard = new ResendGuard();

    @Test
    void thatWhichMayStillBeOnItsWayIsNotSentAgain() {
        assertTrue(guard.allow(7, 100 * MS, 1_000 * MS));
        assertFalse(guard.allow(7, 100 * MS, 1_070 * MS));
        assertTrue(guard.allow(7, 100 * MS, 1_085 * MS), "a round trip is nearly over: it was lost again");
    }

    @Test
    void aPacketThatWasLateHereIsNotSentTwiceToWhoHasAskedForItMeanwhile() {
        guard.onLate(7, 1_000 * MS);
        assertFalse(guard.allow(7, 100 * MS, 1_030 * MS));
        assertTrue(guard.allow(8, 100 * MS, 1_030 * MS));
    }

    @Test
    void noSubscriberGetsMoreThanTheBudget() {
        int allowed = 0;
        for (int i = 0; i < 10_000; i++) if (guard.allow(i & 0xFFFF, 0, 1_000 * MS)) allowed++;
        assertEquals(ResendGuard.BUDGET, allowed);
        assertTrue(guard.allow(60_000, 0, 1_000 * MS + ResendGuard.WINDOW_NS));
    }
}
