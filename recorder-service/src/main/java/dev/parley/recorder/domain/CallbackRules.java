package dev.parley.recorder.domain;

/** When a callback is tried again: after 1 s, doubled up to 5 min, until a day has passed since it was made. */
public final class CallbackRules {
    private static final long FIRST_MS = 1_000, LONGEST_MS = 300_000, LIFE_MS = 24 * 3_600_000L;

    private CallbackRules() {}

    /**
     * @param attempts made so far, at least 1
     * @return epoch milliseconds; 0 = never again
     */
    public static long nextAtMs(long createdAtMs, int attempts, long nowMs) {
        long next = nowMs + Math.min(LONGEST_MS, FIRST_MS << Math.min(attempts - 1, 20));
        return next - createdAtMs > LIFE_MS ? 0 : next;
    }
}
