package dev.parley.bench.load;

import org.HdrHistogram.Histogram;

/** From a publisher's write to the arrival at a subscriber's socket, of the sampled packets. Microseconds; all 0 without samples. */
public record Delays(long samples, double p50Us, double p90Us, double p99Us, double p999Us, double maxUs) {
    public static Delays of(Histogram ns) {
        if (ns.getTotalCount() == 0) return new Delays(0, 0, 0, 0, 0, 0);
        return new Delays(ns.getTotalCount(), us(ns, 50), us(ns, 90), us(ns, 99), us(ns, 99.9), us(ns, 100));
    }

    private static double us(Histogram ns, double percentile) {
        return ns.getValueAtPercentile(percentile) / 1e3;
    }
}
