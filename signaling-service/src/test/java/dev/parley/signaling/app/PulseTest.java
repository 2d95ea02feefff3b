package dev.parley.signaling.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PulseTest {
    private static final long STALE = 3_000;
    private static final long GRACE = 30_000;
    private final Pulse pulse = new Pulse(STALE, GRACE);

    @Test
    void whoHasJustStartedKnowsNothingOfOthersYetButMayEndWhatIsLate() {
        assertFalse(pulse.knowsOthers(0));
        assertFalse(pulse.maySayLate(0));
        beatUntil(0, 2_900);
        assertFalse(pulse.knowsOthers(2_900));
        assertTrue(pulse.maySayLate(2_900));
        beatUntil(3_900, 3_900);
        assertTrue(pulse.knowsOthers(3_900));
    }

    @Test
    void afterTheStoreWasAwayOthersHaveTimeToBeatAndClientsToComeBack() {
        beatUntil(0, 10_000);
        assertFalse(pulse.knowsOthers(13_500), "the store is away");
        assertFalse(pulse.maySayLate(13_500));
        pulse.beat(60_000);
        assertFalse(pulse.knowsOthers(60_100), "the others' signs of life are as old as ours was");
        beatUntil(61_000, 89_000);
        assertTrue(pulse.knowsOthers(89_000));
        assertFalse(pulse.maySayLate(89_000), "nobody could come back for 50 s");
        beatUntil(90_000, 90_000);
        assertTrue(pulse.maySayLate(90_000));
    }

    private void beatUntil(long fromMs, long toMs) {
        for (long ms = fromMs; ms <= toMs; ms += 900) pulse.beat(ms);
        pulse.beat(toMs);
    }
}
