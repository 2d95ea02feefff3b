package dev.parley.signaling.app;

/**
 * This copy's own signs of life in the store, and what may be concluded from them: after the store was away (or this process stood still),
 * everybody's signs are old and deadlines have passed that nobody could keep. Thread-safe. Times on a clock that only goes forward,
 * milliseconds.
 */
final class Pulse {
    private static final long NEVER = Long.MIN_VALUE / 4;

    private final long staleMs;
    private final long graceMs;
    private long lastMs = NEVER;
    private long sinceMs = NEVER;
    private long lateFromMs = NEVER;

    /**
     * @param staleMs silence after which a copy counts as dead
     * @param graceMs how long clients have to come back
     */
    Pulse(long staleMs, long graceMs) {
        this.staleMs = staleMs;
        this.graceMs = graceMs;
    }

    /** The store has taken a sign of life. */
    synchronized void beat(long nowMs) {
        if (nowMs - lastMs > staleMs) {
            if (lastMs != NEVER) lateFromMs = nowMs + graceMs;
            sinceMs = nowMs;
        }
        lastMs = nowMs;
    }

    /** Whether another copy that shows no sign of life is dead: it would have had the time to show one, as this one has. */
    synchronized boolean knowsOthers(long nowMs) {
        return nowMs - lastMs <= staleMs && nowMs - sinceMs > staleMs;
    }

    /** Whether who has not come back by his deadline could have: not while the store is away, nor for the grace time after. */
    synchronized boolean maySayLate(long nowMs) {
        return nowMs - lastMs <= staleMs && nowMs >= lateFromMs;
    }
}
