package dev.parley.relay.domain;

/**
 * Whether a stream's network is weak. It is from when it was bad for {@link #FALLS_NS}, until it was good for {@link #RISES_NS}; between bad and good lies
 * what is neither, so that a stream at the limit does not ring all the time.
 */
final class QualityAlarm {
    /** Bits per second (MRTC calls 28 and 29, MRTC-AMB-35): weak below the first, well again from the second. */
    static final long VIDEO_WEAK = 200_000, VIDEO_WELL = 250_000, AUDIO_WEAK = 20_000, AUDIO_WELL = 25_000;
    /** Mean opinion score: nearly all are dissatisfied, and many are (ITU-T G.107 annex B). */
    static final double MOS_WEAK = 2.6, MOS_WELL = 3.1;

    static final long FALLS_NS = 3_000_000_000L, RISES_NS = 5_000_000_000L;
    private static final long AGAIN_NS = 10_000_000_000L;

    private boolean weak;
    private long otherSinceNs;
    private long toldNs;

    /** To be called once a second. True when it is to be told: it has changed, or is still weak after a while. */
    boolean judge(boolean bad, boolean good, long nowNs) {
        boolean other = weak ? good : bad;
        if (!other) otherSinceNs = 0;
        else if (otherSinceNs == 0) otherSinceNs = nowNs;
        boolean changes = other && nowNs - otherSinceNs >= (weak ? RISES_NS : FALLS_NS);
        if (changes) {
            weak = !weak;
            otherSinceNs = 0;
        } else if (!weak || nowNs - toldNs < AGAIN_NS) return false;
        toldNs = nowNs;
        return true;
    }

    /** There is nothing to judge by at present: it stays as it is. */
    void unknown() {
        otherSinceNs = 0;
    }

    boolean weak() {
        return weak;
    }
}
