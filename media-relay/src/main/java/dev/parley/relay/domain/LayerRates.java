package dev.parley.relay.domain;

/** What each temporal layer of one incoming stream takes, measured over half seconds and smoothed. Streams without layers are all base layer. */
final class LayerRates {
    private static final long WINDOW_NS = 500_000_000L;

    private final long[] bytes = new long[Vp8Layers.LAYERS_MAX];
    private final long[] bits = new long[Vp8Layers.LAYERS_MAX];
    private long sinceNs;

    void onPacket(int layer, int payloadBytes) {
        bytes[layer] += payloadBytes + PACKET_BYTES;
    }

    /** RTP header, extensions and SRTP tag, about. */
    static final int PACKET_BYTES = 40;

    /** Ends the window when it is over. */
    void roll(long nowNs) {
        long passed = nowNs - sinceNs;
        if (passed < WINDOW_NS) return;
        sinceNs = nowNs;
        for (int i = 0; i < bytes.length; i++) {
            long now = passed > 4 * WINDOW_NS
                    ? 0
                    : bytes[i] * 8 * 1_000 / (passed / 1_000_000); // the first has no beginning
            bits[i] = now == 0 || bits[i] == 0 ? now : (bits[i] + now) / 2;
            bytes[i] = 0;
        }
    }

    /** Bits per second of this layer and those below. */
    long upTo(int layer) {
        long sum = 0;
        for (int i = 0; i <= layer; i++) sum += bits[i];
        return sum;
    }

    /** The highest layer that has something; 0 at least. */
    int top() {
        for (int i = bits.length - 1; i > 0; i--) if (bits[i] > 0) return i;
        return 0;
    }
}
