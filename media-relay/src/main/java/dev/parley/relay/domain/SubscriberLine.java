package dev.parley.relay.domain;

import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.TransportFeedbackReader;

/** The numbers that one subscriber's packets carry, his feedback about them, and what his line takes by that. */
final class SubscriberLine {
    private static final long NS_PER_TICK = 250_000L, NS_PER_REFERENCE = 64_000_000L;

    private final BandwidthEstimator estimator;
    private final SentLog sent = new SentLog();
    private final TransportFeedbackReader reader = new TransportFeedbackReader();
    private long reference;
    private boolean heard;

    SubscriberLine(BandwidthEstimator estimator) {
        this.estimator = estimator;
    }

    int nextNumber() {
        return sent.next();
    }

    /** The packet with {@link #nextNumber} goes out. @param probe number of a train, 0 = none */
    void onSent(int bytes, int probe, long nowNs) {
        sent.add(bytes, probe, nowNs);
    }

    /** One transport-wide feedback; what it tells of unknown numbers is ignored. */
    void onFeedback(RtcpPacket packet, long roundTripNs, long nowNs) {
        if (!reader.wrap(packet)) return;
        int step = (reader.referenceTime() - (int) reference) << 8 >> 8; // 24 bits that wrap after 12 days
        reference += step;
        boolean known = false;
        while (reader.next()) {
            int slot = sent.find(reader.sequence());
            if (slot < 0) continue;
            known = true;
            if (!reader.received()) {
                estimator.onLoss(sent.bytes(slot));
                continue;
            }
            long arrivalNs = reference * NS_PER_REFERENCE + reader.ticks() * NS_PER_TICK;
            estimator.onArrival(sent.sentNs(slot), arrivalNs, sent.bytes(slot), sent.probe(slot));
            sent.arrived(slot);
        }
        if (!known) return;
        heard = true;
        estimator.onFeedback(roundTripNs, nowNs);
    }

    boolean heard() {
        return heard;
    }

    int probeBytes(long wantedBits, long nowNs) {
        return estimator.probeBytes(wantedBits, nowNs);
    }

    /** Number of the newest train of padding. */
    int train() {
        return estimator.probe();
    }

    boolean congested() {
        return estimator.congested();
    }

    long estimate() {
        return estimator.bitsPerSecond();
    }
}
