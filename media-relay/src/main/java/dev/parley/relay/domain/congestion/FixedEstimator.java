package dev.parley.relay.domain.congestion;

/** Heeds nothing: for tests, and for lines whose rate is known. */
record FixedEstimator(long bitsPerSecond) implements BandwidthEstimator {
    @Override
    public void onArrival(long sentNs, long arrivalNs, int bytes, int probe) {}

    @Override
    public void onLoss(int bytes) {}

    @Override
    public void onFeedback(long roundTripNs, long nowNs) {}

    @Override
    public boolean congested() {
        return false;
    }

    @Override
    public int probeBytes(long wantedBitsPerSecond, long nowNs) {
        return 0;
    }

    @Override
    public int probe() {
        return 0;
    }
}
