package dev.parley.relay.domain;

/** Keeps one subscriber's NACKs from being answered twice at once: the same packet at most every {@link #GAP_NS}, and no more than a budget. */
public final class ResendGuard {
    public static final long GAP_NS = 20_000_000L;
    /** Packets resent to one stream in one {@link #WINDOW_NS}. */
    public static final int BUDGET = 200;

    public static final long WINDOW_NS = 200_000_000L;
    private static final int SLOTS = 256;

    private final int[] sequences = new int[SLOTS];
    private final long[] sentNs = new long[SLOTS];
    private long windowNs;
    private int spent;

    /** @param sequence 16 bits */
    public boolean allow(int sequence, long nowNs) {
        if (nowNs - windowNs >= WINDOW_NS) {
            windowNs = nowNs;
            spent = 0;
        }
        int slot = sequence & SLOTS - 1;
        if (spent == BUDGET || sequences[slot] == sequence + 1 && nowNs - sentNs[slot] < GAP_NS) return false;
        sequences[slot] = sequence + 1; // plus one, so that an empty slot is no sequence number
        sentNs[slot] = nowNs;
        spent++;
        return true;
    }
}
