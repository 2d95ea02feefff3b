package dev.parley.relay.domain;

/**
 * Keeps one subscriber's NACKs from being answered in vain: a packet that may still be on its way to him, having been sent less than about a
 * round trip ago, is not sent again, and no more than a budget is.
 */
public final class ResendGuard {
    /** Distance of two sendings of one packet: while the round trip is not known, and the bounds of what follows from it. */
    public static final long GAP_NS = 50_000_000L, GAP_LEAST_NS = 15_000_000L, GAP_MOST_NS = 500_000_000L;
    /** Packets resent to one stream in one {@link #WINDOW_NS}. */
    public static final int BUDGET = 80;

    public static final long WINDOW_NS = 200_000_000L;
    private static final int SLOTS = 256;

    private final int[] sequences = new int[SLOTS];
    private final long[] sentNs = new long[SLOTS];
    private long windowNs;
    private int spent;

    /** The packet was sent for the first time, but late: the subscriber has probably asked for it already. @param sequence 16 bits */
    public void onLate(int sequence, long nowNs) {
        int slot = sequence & SLOTS - 1;
        sequences[slot] = sequence + 1; // plus one, so that an empty slot is no sequence number
        sentNs[slot] = nowNs;
    }

    /** True when it may be sent again now; then it counts as sent. @param roundTripNs to the subscriber and back, 0 = not known */
    public boolean allow(int sequence, long roundTripNs, long nowNs) {
        if (nowNs - windowNs >= WINDOW_NS) {
            windowNs = nowNs;
            spent = 0;
        }
        int slot = sequence & SLOTS - 1;
        if (spent == BUDGET || sequences[slot] == sequence + 1 && nowNs - sentNs[slot] < gapNs(roundTripNs))
            return false;
        onLate(sequence, nowNs);
        spent++;
        return true;
    }

    private static long gapNs(long roundTripNs) {
        return roundTripNs == 0 ? GAP_NS : Math.clamp(roundTripNs * 4 / 5, GAP_LEAST_NS, GAP_MOST_NS);
    }
}
