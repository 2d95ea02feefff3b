package dev.parley.relay.domain;

import java.util.Arrays;

/**
 * How much somebody speaks on one audio track, after Volfin and Cohen, "Dominant speaker identification for multipoint videoconferencing" (Computer
 * Speech and Language 27, 2013): activity over three lengths of time, so that neither a cough nor a short "yes" takes the floor. Loudness comes from
 * the audio level extension (RFC 6464) instead of the paper's spectra, and time in frames of {@link #FRAME_NS}, whatever the packets' length.
 *
 * <p>Immediate: how loud the newest frame is, 0 to {@link #STEPS}. Medium: how many of the last {@link #PER_MEDIUM} frames were loud. Long: how many of
 * the last {@link #PER_LONG} mediums were whole. Not thread safe.
 */
final class SpeechActivity {
    static final int STEPS = 13, PER_MEDIUM = 5, PER_LONG = 10;
    static final long FRAME_NS = 20_000_000L;
    /** A frame of more steps is loud: about -50 dBov. A medium with more loud frames is whole. */
    private static final int LOUD_STEPS = 7, WHOLE = 3;

    private static final int FRAMES = PER_MEDIUM * PER_LONG;
    private static final int LEVELS_PER_STEP = 128 / STEPS;

    // Weights of the paper's exponential model of speech, by the length of time.
    private static final double[] IMMEDIATE_SCORES = scores(STEPS, 0.78);
    private static final double[] MEDIUM_SCORES = scores(PER_MEDIUM, 24);
    private static final double[] LONG_SCORES = scores(PER_LONG, 47);

    private final byte[] frames = new byte[FRAMES];
    private int newest;
    private long newestFrame;
    private byte loudest;
    private int immediate;
    private int medium;
    private int longTerm;

    /** @param minusDbov 0 loudest to 127 silent */
    void onPacket(int minusDbov) {
        loudest = (byte) Math.max(loudest, Math.min(STEPS, (127 - minusDbov) / LEVELS_PER_STEP));
    }

    /** Ends the frames that are over; to be called every {@link #FRAME_NS} or so. Frames without a packet are silent, but for a late one. */
    void roll(long nowNs) {
        long frame = nowNs / FRAME_NS;
        long passed = newestFrame == 0 ? 1 : Math.min(FRAMES, frame - newestFrame);
        if (passed <= 0) return;
        newestFrame = frame;
        for (long i = 0; i < passed; i++) {
            newest = (newest + 1) % FRAMES;
            frames[newest] = loudest; // a tick that came late finds the packets of all frames since
        }
        loudest = 0;
        immediate = Math.max(frames[newest], frames[(newest + FRAMES - 1) % FRAMES]); // two: packets and ticks drift
        longTerm = 0;
        for (int block = 0; block < PER_LONG; block++) {
            int loud = 0;
            for (int i = 0; i < PER_MEDIUM; i++)
                if (frames[(newest + 2 * FRAMES - block * PER_MEDIUM - i) % FRAMES] > LOUD_STEPS) loud++;
            if (block == 0) medium = loud;
            if (loud > WHOLE) longTerm++;
        }
    }

    void silence() {
        Arrays.fill(frames, (byte) 0);
        loudest = 0;
        immediate = medium = longTerm = 0;
    }

    double immediateScore() {
        return IMMEDIATE_SCORES[immediate];
    }

    double mediumScore() {
        return MEDIUM_SCORES[medium];
    }

    double longScore() {
        return LONG_SCORES[longTerm];
    }

    /** Loudness of the last tenth of a second, 0 to {@link #STEPS}; falls at once with silence. */
    int loudness() {
        int most = 0;
        for (int i = 0; i < PER_MEDIUM; i++) most = Math.max(most, frames[(newest + FRAMES - i) % FRAMES]);
        return most;
    }

    /** True when there is any speech at all to compare. */
    boolean active() {
        return longTerm > 0;
    }

    /** Logarithm of how much likelier so many active parts of n are in speech than in silence; at least a trifle above 0. */
    private static double[] scores(int n, double lambda) {
        double[] scores = new double[n + 1];
        double ways = 1;
        for (int v = 0; v <= n; v++) {
            if (v > 0) ways = ways * (n - v + 1) / v;
            scores[v] = Math.max(1e-10, Math.log(ways) + n * Math.log(0.5) - Math.log(lambda) + lambda * v);
        }
        return scores;
    }
}
