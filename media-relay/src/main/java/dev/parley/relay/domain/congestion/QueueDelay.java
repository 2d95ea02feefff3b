package dev.parley.relay.domain.congestion;

/**
 * How long packets wait on the way: the one-way delay above its least of the last 10 to 20 s. The clocks of both sides need not agree; their drift
 * (at most some 100 ppm) stays below 2 ms in that time.
 */
final class QueueDelay {
    private static final long EPOCH_NS = 10_000_000_000L;
    private static final int WEIGHT = 4, DEVIATION_WEIGHT = 32;

    private long leastNs = Long.MAX_VALUE;
    private long leastBeforeNs = Long.MAX_VALUE;
    private long epochNs;
    private long meanNs;
    private long deviationNs;
    private boolean known;

    void onPacket(long sentNs, long arrivalNs) {
        long delayNs = arrivalNs - sentNs;
        if (!known || sentNs - epochNs >= EPOCH_NS) {
            leastBeforeNs = leastNs;
            leastNs = delayNs;
            epochNs = sentNs;
        }
        leastNs = Math.min(leastNs, delayNs);
        if (!known) {
            known = true;
            meanNs = delayNs;
        }
        deviationNs += (Math.abs(delayNs - meanNs) - deviationNs) / DEVIATION_WEIGHT;
        meanNs += (delayNs - meanNs) / WEIGHT;
    }

    /** Mean wait, nanoseconds. */
    long ns() {
        return known ? Math.max(0, meanNs - Math.min(leastNs, leastBeforeNs)) : 0;
    }

    /** Mean distance of single delays from the mean: jitter, nanoseconds. */
    long deviationNs() {
        return deviationNs;
    }
}
