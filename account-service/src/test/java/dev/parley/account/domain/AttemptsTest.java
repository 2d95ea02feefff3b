package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final Attempts attempts = new Attempts(10);

    @Test
    void fiveFailuresAreFreeThenTheNameWaitsTwiceAsLongEachTime() {
        for (int i = 0; i < 5; i++) assertTrue(attempts.admit("a", 0));
        assertFalse(attempts.admit("a", 999));
        assertTrue(attempts.admit("a", 1_000));
        assertFalse(attempts.admit("a", 2_999));
        assertTrue(attempts.admit("a", 3_000));
        assertFalse(attempts.admit("a", 6_999));
    }

    @Test
    void theWaitNeverGrowsBeyondItsLimit() {
        long nowMs = 0;
        for (int i = 0; i < 100; i++) {
            assertTrue(attempts.admit("a", nowMs), "failure " + i);
            nowMs += Attempts.WAIT_MAX_MS;
        }
    }

    @Test
    void oneNamesFailuresDoNotHoldUpAnother() {
        for (int i = 0; i < 5; i++) attempts.admit("a", 0);
        assertTrue(attempts.admit("b", 0));
    }

    @Test
    void successAndAnHourOfSilenceForgetTheFailures() {
        for (int i = 0; i < 5; i++) attempts.admit("a", 0);
        assertTrue(attempts.admit("a", Attempts.FORGET_MS));
        assertTrue(attempts.admit("a", Attempts.FORGET_MS));
        attempts.succeeded("a");
        for (int i = 0; i < 5; i++) assertTrue(attempts.admit("a", Attempts.FORGET_MS));
    }

    @Test
    void madeUpNamesDoNotFillTheMemory() {
        for (int i = 0; i < 1_000; i++) attempts.admit("name " + i, 0);
        assertTrue(attempts.names() <= 10);
    }
}
