package dev.parley.relay.domain.congestion;

/**
 * Send-side estimator after draft-ietf-rmcat-gcc-02 (delay gradient and loss, section 5 and 6), with two additions: a queue that stands is drained
 * by sending less than arrives, and trains of padding find new room at once instead of by 8 % a second.
 *
 * <table>
 * <caption>What a feedback leads to, first match</caption>
 * <tr><td>the queue grows</td><td>85 % of what arrives, at most once a round trip and 100 ms</td></tr>
 * <tr><td>packets wait longer than 40 ms and twice the jitter (80 ms at most)</td><td>so much less than arrives that the queue is gone in about a second</td></tr>
 * <tr><td>over 10 % more loss than the line's own</td><td>less by half of that, not below what arrives</td></tr>
 * <tr><td>a train came in</td><td>90 % of its rate, when that is more</td></tr>
 * <tr><td>else</td><td>8 % a second more; near the rate of the last congestion one packet a round trip; never above 1.5 times what arrives</td></tr>
 * </table>
 */
public final class GradientEstimator implements BandwidthEstimator {
    public static final long START_BITS = 1_500_000, LEAST_BITS = 50_000, MOST_BITS = 20_000_000;

    private static final double BACK_OFF = 0.85;
    private static final double GROWTH_PER_S = 0.08;
    private static final long QUEUE_NS = 40_000_000L, STANDING_NS = 100_000_000L, CONGESTED_NS = 1_000_000_000L;
    private static final double DRAIN_LEAST = 0.05, DRAIN_MOST = 0.7, DRAIN_S = 0.7;
    private static final double LOSS_HIGH = 0.1, LOSS_SOME = 0.02;
    private static final int PACKET_BITS = 9_600;
    /** Between trains: after one that found room, at most, and after congestion. */
    private static final long TRAIN_SOON_NS = 250_000_000L,
            TRAIN_MOST_NS = 1_200_000_000L,
            TRAIN_CALM_NS = 600_000_000L;

    private static final int TRAIN_BYTES_LEAST = 1_680, TRAIN_BYTES_MOST = 20_000;
    private static final double TRAIN_S = 0.03;

    private final DelayGradient gradient = new DelayGradient();
    private final ArrivalRate arrivals = new ArrivalRate();
    private final QueueDelay queue = new QueueDelay();
    private final LossShare loss = new LossShare();
    private final ProbeTrain train = new ProbeTrain();
    private double bits = START_BITS;
    private double congestedAt;
    private long lastFeedbackNs;
    private long lastBackOffNs;
    private long lastTroubleNs;
    private long lastTrainNs;
    private long lastQueueNs;
    private boolean congested;
    private long lastWaitNs;
    private long trainGapNs = TRAIN_SOON_NS;
    private boolean heard;

    @Override
    public void onArrival(long sentNs, long arrivalNs, int bytes, int probe) {
        gradient.onPacket(sentNs, arrivalNs);
        arrivals.onPacket(arrivalNs, bytes);
        queue.onPacket(sentNs, arrivalNs);
        loss.onReceived();
        if (probe != 0) train.onArrival(probe, arrivalNs, bytes);
    }

    @Override
    public void onLoss(int bytes) {
        loss.onLost();
    }

    @Override
    public void onFeedback(long roundTripNs, long nowNs) {
        double seconds = heard ? Math.min(0.5, (nowNs - lastFeedbackNs) / 1e9) : 0;
        heard = true;
        lastFeedbackNs = nowNs;
        long arriving = arrivals.bitsPerSecond();
        long found = train.takeResult(nowNs);
        boolean lossNews = loss.roll(nowNs);
        long waitNs = queue.ns();
        // The trend line looks back, and goes on pointing up while the queue drains already.
        boolean falling = waitNs < lastWaitNs * 0.97;
        lastWaitNs = waitNs;
        if (gradient.usage() == DelayGradient.Usage.OVER && !falling) {
            backOff(arriving, waitNs, roundTripNs, nowNs);
            if (waitNs > STANDING_NS) drain(arriving, waitNs, false, nowNs);
        } else if (waitNs > QUEUE_NS + Math.min(2 * queue.deviationNs(), QUEUE_NS)) {
            drain(arriving, waitNs, falling, nowNs);
        } else if (lossNews && loss.excess() > LOSS_HIGH) {
            bits = Math.max(Math.min(bits, arriving), bits * (1 - loss.excess() / 2));
            lastTroubleNs = nowNs;
        } else if (found * 0.9 > bits) {
            bits = found * 0.9;
            trainGapNs = TRAIN_SOON_NS;
        } else if (calm(waitNs) && loss.excess() < LOSS_SOME + loss.share() / 2) {
            grow(seconds, arriving, roundTripNs);
        }
        bits = Math.clamp(bits, LEAST_BITS, MOST_BITS);
        congested = lastQueueNs != 0 && nowNs - lastQueueNs < CONGESTED_NS;
    }

    /** The queue neither grows nor drains, or there is none. */
    private boolean calm(long waitNs) {
        return gradient.usage() == DelayGradient.Usage.NORMAL || waitNs < QUEUE_NS;
    }

    private void backOff(long arriving, long waitNs, long roundTripNs, long nowNs) {
        lastTroubleNs = nowNs;
        if (arriving < bits * 0.8 && waitNs < STANDING_NS)
            return; // less is sent than might be: what arrives is not what the line takes
        lastQueueNs = nowNs;
        if (nowNs - lastBackOffNs < Math.min(roundTripNs, 200_000_000L) + 100_000_000L) return;
        lastBackOffNs = nowNs;
        if (arriving > 0) congestedAt = congestedAt == 0 ? arriving : congestedAt * 0.5 + arriving * 0.5;
        bits = Math.min(bits, arriving > 0 ? arriving * BACK_OFF : bits * BACK_OFF);
    }

    private void drain(long arriving, long waitNs, boolean falling, long nowNs) {
        lastTroubleNs = lastQueueNs = nowNs;
        if (arriving == 0) return;
        // While a long queue stands, what comes is what the line takes; while it drains, that is at least what comes.
        if (!falling && waitNs > STANDING_NS || congestedAt == 0) congestedAt = arriving;
        else if (arriving > bits) congestedAt = Math.max(congestedAt, arriving);
        double draining = congestedAt * (1 - Math.clamp(waitNs / 1e9 / DRAIN_S, DRAIN_LEAST, DRAIN_MOST));
        bits = waitNs > STANDING_NS ? draining : Math.min(bits, draining);
    }

    private void grow(double seconds, long arriving, long roundTripNs) {
        double before = bits;
        boolean near = congestedAt > 0 && Math.abs(bits - congestedAt * 0.9) < congestedAt * 0.1;
        if (near) bits += PACKET_BITS * seconds / (roundTripNs / 1e9 + 0.1);
        else if (congestedAt > 0 && bits < congestedAt * 0.8)
            bits += (congestedAt * 0.9 - bits) * Math.min(1, seconds * 3);
        else bits *= 1 + GROWTH_PER_S * seconds;
        if (arriving > 0) bits = Math.max(before, Math.min(bits, Math.max(arriving * 1.5 + 10_000, congestedAt * 0.9)));
    }

    @Override
    public long bitsPerSecond() {
        return (long) bits;
    }

    @Override
    public boolean congested() {
        return congested;
    }

    @Override
    public int probeBytes(long wantedBitsPerSecond, long nowNs) {
        if (!heard || wantedBitsPerSecond <= bits || train.running(nowNs) || bits >= MOST_BITS) return 0;
        if (queue.ns() > QUEUE_NS / 2 + queue.deviationNs()) return 0;
        if (nowNs - lastTroubleNs < TRAIN_CALM_NS || nowNs - lastTrainNs < trainGapNs) return 0;
        long target = (long) Math.min(bits * 2, MOST_BITS);
        int bytes = (int) Math.clamp(target * TRAIN_S / 8, TRAIN_BYTES_LEAST, TRAIN_BYTES_MOST);
        lastTrainNs = nowNs;
        trainGapNs = Math.min(trainGapNs * 2, TRAIN_MOST_NS);
        train.start(bytes, target, nowNs);
        return bytes;
    }

    @Override
    public int probe() {
        return train.number();
    }
}
