package dev.parley.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TapRetryTest {
    @Test
    void aRoomThatHasMovedIsLookedForSoOftenThatNobodyIsThereFirst() {
        long ms = 0;
        for (int failures = 0; ms < 20_000; failures++) {
            long pause = TapRetry.pauseMs(failures);
            assertTrue(pause > 0 && pause <= 400, "pause " + failures + ": " + pause + " ms");
            ms += pause;
        }
    }

    @Test
    void aRelayThatStaysAwayIsAskedForSeldom() {
        assertEquals(2_000, TapRetry.pauseMs(1_000));
    }
}
