package dev.parley.relay.domain;

import java.util.Arrays;

/**
 * Leaves the upper spatial layers of one VP9 stream out on the way to one subscriber. A layer is left from any picture on, and taken up again with the next
 * key picture. What was decided of the latest {@link #PICTURES} is remembered, so that stragglers and repairs get the same answer. Picture ids stay as
 * they are: all layers of a picture share one.
 */
final class SpatialFilter {
    static final int PICTURES = 128;

    /** What becomes of a packet. */
    enum Verdict {
        KEPT,
        /** Kept, and the last packet of the picture as it goes out: it gets the marker (RFC 9628 section 4.1). */
        KEPT_LAST,
        LEFT_OUT
    }

    private final long[] seen = new long[PICTURES];
    private final int[] limits = new int[PICTURES];
    private long newest = -1;
    private int limit = Vp9Layers.LAYERS_MAX - 1;
    private int target = limit;

    SpatialFilter() {
        Arrays.fill(seen, -1);
    }

    /** The highest layer wanted from now on. True when it can only be had with a key picture. */
    boolean target(int layer) {
        target = layer;
        return layer > limit;
    }

    int target() {
        return target;
    }

    /** Decides about a packet; the first of a picture decides for all of it. */
    Verdict onPacket(Vp9Layers packet) {
        return verdict(packet, limitOf(packet));
    }

    private int limitOf(Vp9Layers packet) {
        if (!packet.numbered()) {
            step(packet.beginsKey());
            return limit;
        }
        int bits = packet.pictureBits();
        if (newest < 0) newest = (1L << bits) + packet.pictureId() - 1;
        int delta = (packet.pictureId() - (int) newest) << 32 - bits >> 32 - bits;
        long number = newest + delta;
        int slot = (int) number & PICTURES - 1;
        if (delta > 0) {
            newest = number;
            step(packet.beginsKey());
        }
        if (delta > 0 || seen[slot] != number) { // new, or lost on its way here and repaired
            seen[slot] = number;
            limits[slot] = limit;
        }
        return limits[slot];
    }

    private void step(boolean key) {
        if (key || target < limit) limit = target;
    }

    private static Verdict verdict(Vp9Layers packet, int limit) {
        if (packet.layer() > limit) return Verdict.LEFT_OUT;
        return packet.layer() == limit && packet.endsFrame() ? Verdict.KEPT_LAST : Verdict.KEPT;
    }
}
