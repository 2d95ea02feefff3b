package dev.parley.relay.domain;

import java.util.Arrays;

/**
 * Leaves the upper temporal layers of one VP8 stream out on the way to one subscriber, whole pictures at a time, and closes the gaps in the picture
 * ids: a receiver that misses an id waits for it. A layer is left at any picture and taken up again at one that needs the base layer only. The
 * latest {@link #PICTURES} are remembered, so that stragglers and repairs get the same answer. Begun when the first picture is to be left out.
 */
final class TemporalFilter {
    static final int PICTURES = 128;
    /** Answers of {@link #pictureId}: the picture was left out. */
    static final int LEFT_OUT = -1;

    private final long[] seen = new long[PICTURES];
    private final int[] shift = new int[PICTURES];
    private long newest = -1;
    private int left; // pictures left out so far
    private int limit = Vp8Layers.LAYERS_MAX - 1;
    private int target = limit;

    TemporalFilter() {
        Arrays.fill(seen, -1);
    }

    /** The highest layer wanted from now on, 0 to 3. */
    void target(int layer) {
        target = layer;
        if (layer < limit) limit = layer;
    }

    int target() {
        return target;
    }

    /**
     * Decides about the picture of a packet, once.
     *
     * @param fits       a packet left out here leaves no hole in the sequence numbers: asked only for the first packet of a picture
     * @param beginsKey  the packet begins a key frame: every layer may be begun
     * @return the picture id to send, or {@link #LEFT_OUT}
     */
    int pictureId(Vp8Layers picture, boolean fits, boolean beginsKey) {
        int bits = picture.wide() ? 15 : 7;
        int mask = (1 << bits) - 1;
        if (newest < 0) newest = (1L << bits) + picture.pictureId() - 1;
        int delta = (picture.pictureId() - (int) newest) << 32 - bits >> 32 - bits;
        long number = newest + delta;
        int slot = (int) number & PICTURES - 1;
        if (delta > 0) {
            newest = number;
            seen[slot] = number;
            boolean begins = beginsKey || picture.sync() || picture.layer() == 0;
            if (beginsKey) limit = target;
            else if (picture.layer() == limit + 1 && picture.layer() <= target && begins) limit = picture.layer();
            if (picture.layer() > limit && fits) {
                left++;
                shift[slot] = LEFT_OUT;
            } else {
                shift[slot] = left;
            }
        } else if (seen[slot] != number) { // lost on its way here and repaired: its id was kept free
            seen[slot] = number;
            shift[slot] = shiftAfter(number);
        }
        return shift[slot] == LEFT_OUT ? LEFT_OUT : (int) (number - shift[slot]) & mask;
    }

    /** The same for a packet that is sent again; a picture too old to be known goes out as the newest do. */
    int pictureIdAgain(Vp8Layers picture) {
        int bits = picture.wide() ? 15 : 7;
        int mask = (1 << bits) - 1;
        int delta = (picture.pictureId() - (int) newest) << 32 - bits >> 32 - bits;
        long number = newest + delta;
        int slot = (int) number & PICTURES - 1;
        int by = seen[slot] == number ? shift[slot] : left;
        return by == LEFT_OUT ? LEFT_OUT : (int) (number - by) & mask;
    }

    private int shiftAfter(long number) {
        for (long after = number + 1; after <= newest && after < number + PICTURES; after++) {
            int slot = (int) after & PICTURES - 1;
            if (seen[slot] == after && shift[slot] != LEFT_OUT) return shift[slot];
        }
        return left;
    }
}
