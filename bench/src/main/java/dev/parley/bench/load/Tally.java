package dev.parley.bench.load;

import org.HdrHistogram.Histogram;

/** What one group of peers has seen since the last {@link #clear}. On the load client's thread. */
final class Tally {
    /** From 1 ns to 20 s with 3 digits. */
    final Histogram delayNs = new Histogram(20_000_000_000L, 3);
    /** How late publishers were, against their plan. */
    final Histogram lateNs = new Histogram(20_000_000_000L, 3);

    long sent;
    long expected;
    long received;
    long repeated;
    long reordered;
    long missing;
    long checked;
    long bad;
    long otherPackets;
    long unsent;

    void clear() {
        delayNs.reset();
        lateNs.reset();
        sent = expected = received = repeated = reordered = missing = checked = bad = otherPackets = unsent = 0;
    }

    static void record(Histogram histogram, long ns) {
        histogram.recordValue(Math.clamp(ns, 1, histogram.getHighestTrackableValue()));
    }
}
