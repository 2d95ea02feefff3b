package dev.parley.relay.domain;

/** A smoothed round trip time, with the weights of RFC 6298. Not thread safe. */
final class RoundTrip {
    private static final long MOST_NS = 2_000_000_000L;

    private long smoothedNs;

    /** @param ns one measurement; one below zero is none, one above 2 s counts as 2 s */
    void sample(long ns) {
        if (ns < 0) return;
        long one = Math.max(1, Math.min(ns, MOST_NS));
        smoothedNs = smoothedNs == 0 ? one : smoothedNs + (one - smoothedNs) / 8;
    }

    boolean known() {
        return smoothedNs != 0;
    }

    /** Nanoseconds; 0 = not known yet. */
    long ns() {
        return smoothedNs;
    }
}
