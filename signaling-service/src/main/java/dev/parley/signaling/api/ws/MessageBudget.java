package dev.parley.signaling.api.ws;

/**
 * How many messages one connection may send: so many per second, and a burst on top for those that were not sent before (token bucket).
 * Not thread-safe. Time comes in, on any clock that only goes forward.
 */
final class MessageBudget {
    private static final double MS_PER_SECOND = 1_000;

    private final double perMs;
    private final double burst;
    private double left;
    private long atMs;

    /** Full at first. {@code perSecond} and {@code burst} are at least 1. */
    MessageBudget(int perSecond, int burst, long nowMs) {
        this.perMs = perSecond / MS_PER_SECOND;
        this.burst = burst;
        this.left = burst;
        this.atMs = nowMs;
    }

    /** Whether one more message is within the budget; if so, it is taken from it. */
    boolean take(long nowMs) {
        left = Math.min(burst, left + Math.max(0, nowMs - atMs) * perMs);
        atMs = Math.max(atMs, nowMs);
        if (left < 1) return false;
        left--;
        return true;
    }
}
