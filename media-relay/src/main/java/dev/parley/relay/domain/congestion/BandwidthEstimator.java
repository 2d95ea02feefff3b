package dev.parley.relay.domain.congestion;

/**
 * Estimates what one transport's line takes. For each feedback: {@link #onArrival} or {@link #onLoss} for every packet it tells of, in the order of
 * sending, then {@link #onFeedback}. Times are nanoseconds; those of sending and of now are the sender's clock, arrivals the receiver's. Not thread
 * safe.
 */
public interface BandwidthEstimator {
    /** @param probe number of the train it was sent in, as {@link #probeBytes} began it; 0 = none */
    void onArrival(long sentNs, long arrivalNs, int bytes, int probe);

    /** A packet that the feedback calls missing. It may yet arrive. */
    void onLoss(int bytes);

    /** The feedback ends. @param roundTripNs 0 = not known */
    void onFeedback(long roundTripNs, long nowNs);

    /** What may be sent at present, all of the transport's packets together. */
    long bitsPerSecond();

    /** True while packets wait on the way, or did within the last second: what is sent on top makes them wait longer. */
    boolean congested();

    /**
     * Bytes of padding to send now, at once, to learn whether the line takes more; 0 = none. What is returned counts as sent, as a train with the
     * number {@link #probe}.
     *
     * @param wantedBitsPerSecond what the transport would send if it could: nothing is tried beyond it
     */
    int probeBytes(long wantedBitsPerSecond, long nowNs);

    /** Number of the newest train, from 1. */
    int probe();

    /** No limit, whatever is reported. */
    static BandwidthEstimator none() {
        return fixed(Long.MAX_VALUE);
    }

    /** Always the same. */
    static BandwidthEstimator fixed(long bitsPerSecond) {
        return new FixedEstimator(bitsPerSecond);
    }
}
