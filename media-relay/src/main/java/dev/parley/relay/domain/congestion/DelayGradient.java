package dev.parley.relay.domain.congestion;

/**
 * Tells from arrival times whether a queue grows on the way: the trend line of the one-way delay's changes against an adaptive threshold
 * (draft-ietf-rmcat-gcc-02 sections 5.3 to 5.5, with a least-squares line in place of its Kalman filter, as in Carlucci et al., "Congestion Control
 * for Web Real-Time Communication", 2017).
 */
final class DelayGradient {
    enum Usage {
        NORMAL,
        /** The queue grows. */
        OVER,
        /** It drains. */
        UNDER
    }

    private static final double MS = 1e6;
    /** Packets sent within this time are one group: a frame leaves as a burst. */
    private static final long GROUP_NS = 5_000_000L;

    private static final int WINDOW = 20;
    private static final int DELTAS_MAX = 60;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final double THRESHOLD_START = 12.5, THRESHOLD_LEAST = 6, THRESHOLD_MOST = 600;
    private static final double UP = 0.0087, DOWN = 0.039;
    /** Overuse counts after so long, milliseconds. */
    private static final double OVERUSE_MS = 10;
    /** A trend so far above the threshold does not move it. */
    private static final double OUTLIER = 15;

    private final double[] at = new double[WINDOW];
    private final double[] delay = new double[WINDOW];
    private long groupFirstSentNs = -1;
    private long groupSentNs;
    private long groupArrivalNs;
    private long beforeSentNs = -1;
    private long beforeArrivalNs;
    private long firstArrivalNs;
    private int deltas;
    private double accumulated;
    private double smoothed;
    private double threshold = THRESHOLD_START;
    private double thresholdAtMs = -1;
    private double trendBefore;
    private double overMs;
    private int overCount;
    private Usage usage = Usage.NORMAL;

    void onPacket(long sentNs, long arrivalNs) {
        if (groupFirstSentNs < 0) {
            firstArrivalNs = arrivalNs;
        } else if (sentNs < groupFirstSentNs) {
            return; // of an earlier group: came late
        } else if (sentNs - groupFirstSentNs <= GROUP_NS) {
            groupSentNs = Math.max(groupSentNs, sentNs);
            groupArrivalNs = Math.max(groupArrivalNs, arrivalNs);
            return;
        } else {
            if (beforeSentNs >= 0) onGroup((groupSentNs - beforeSentNs) / MS, (groupArrivalNs - beforeArrivalNs) / MS);
            beforeSentNs = groupSentNs;
            beforeArrivalNs = groupArrivalNs;
        }
        groupFirstSentNs = groupSentNs = sentNs;
        groupArrivalNs = arrivalNs;
    }

    private void onGroup(double sentMs, double arrivedMs) {
        double change = arrivedMs - sentMs;
        deltas = Math.min(deltas + 1, DELTAS_MAX);
        accumulated += change;
        smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
        System.arraycopy(at, 1, at, 0, WINDOW - 1);
        System.arraycopy(delay, 1, delay, 0, WINDOW - 1);
        at[WINDOW - 1] = (groupArrivalNs - firstArrivalNs) / MS;
        delay[WINDOW - 1] = smoothed;
        if (deltas >= WINDOW) detect(slope(), sentMs);
    }

    private double slope() {
        double meanAt = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanAt += at[i] / WINDOW;
            meanDelay += delay[i] / WINDOW;
        }
        double upper = 0;
        double lower = 0;
        for (int i = 0; i < WINDOW; i++) {
            upper += (at[i] - meanAt) * (delay[i] - meanDelay);
            lower += (at[i] - meanAt) * (at[i] - meanAt);
        }
        return lower == 0 ? 0 : upper / lower;
    }

    private void detect(double slope, double sentMs) {
        double trend = deltas * slope * GAIN;
        if (trend > threshold) {
            overMs += sentMs;
            overCount++;
            if (overMs > OVERUSE_MS && overCount > 1 && trend >= trendBefore) {
                overMs = 0;
                overCount = 0;
                usage = Usage.OVER;
            }
        } else {
            overMs = 0;
            overCount = 0;
            usage = trend < -threshold ? Usage.UNDER : Usage.NORMAL;
        }
        trendBefore = trend;
        adapt(Math.abs(trend));
    }

    private void adapt(double trend) {
        double nowMs = at[WINDOW - 1];
        double passed = thresholdAtMs < 0 ? 0 : Math.min(nowMs - thresholdAtMs, 100);
        thresholdAtMs = nowMs;
        if (trend > threshold + OUTLIER) return;
        double speed = trend < threshold ? DOWN : UP;
        threshold = Math.clamp(threshold + speed * (trend - threshold) * passed, THRESHOLD_LEAST, THRESHOLD_MOST);
    }

    Usage usage() {
        return usage;
    }
}
