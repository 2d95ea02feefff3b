package dev.parley.relay.domain;

import dev.parley.contracts.media.FeedQuality;

/** What of a track got through to the relay, second by second; of a simulcast all sizes together, jitter and pictures of the largest that comes. */
final class QualityMeter {
    private static final long WINDOW_NS = 1_000_000_000L;

    private long sinceNs;
    private long bytesBefore;
    private long packetsBefore;
    private long expectedBefore;
    private long arrivedBefore;
    private long framesBefore;
    private Encoding framesOf;

    private long bits;
    private double loss;
    private double jitterMs;
    private double fps;
    private int width;
    private int height;

    /** Ends the window when it is over; true then. */
    boolean roll(Track track, long nowNs) {
        long passed = nowNs - sinceNs;
        if (passed < WINDOW_NS) return false;
        sinceNs = nowNs;
        long bytes = 0;
        long packets = 0;
        long expected = 0;
        long arrived = 0;
        for (Encoding one : track.encodings()) {
            bytes += one.bytes();
            packets += one.statistics().received();
            expected += one.statistics().expected();
            arrived += one.statistics().arrived();
        }
        Encoding largest = track.live(track.liveCount() - 1);
        boolean first =
                passed > 4 * WINDOW_NS || expected < expectedBefore; // there was no window before, or another source
        long wire = bytes - bytesBefore + (packets - packetsBefore) * LayerRates.PACKET_BYTES;
        bits = first ? 0 : wire * 8_000 / (passed / 1_000_000);
        long due = expected - expectedBefore;
        loss = first || due <= 0 ? 0 : Math.clamp(1 - (arrived - arrivedBefore) / (double) due, 0, 1);
        jitterMs = largest.statistics().jitter() * 1_000.0 / track.format().clockRate();
        fps = first || framesOf != largest ? 0 : (largest.frames() - framesBefore) * 1e9 / passed;
        width = largest.width();
        height = largest.height();
        bytesBefore = bytes;
        packetsBefore = packets;
        expectedBefore = expected;
        arrivedBefore = arrived;
        framesBefore = largest.frames();
        framesOf = largest;
        return true;
    }

    long bits() {
        return bits;
    }

    /** Share lost on the way, 0 to 1. */
    double loss() {
        return loss;
    }

    /** 1 to 4.4; 0 = nothing comes. */
    double mos() {
        return bits == 0 ? 0 : VoiceModel.mos(loss, jitterMs, 0);
    }

    FeedQuality quality(boolean video) {
        return new FeedQuality(bits, loss, jitterMs, 0, video ? fps : 0, width, height, mos());
    }
}
