package dev.parley.relay.domain;

import java.util.Arrays;

/**
 * Extends 16-bit sequence numbers to 64 bits and tells duplicates, over the last {@link #SPAN} numbers (in the manner of RFC 3550 appendix A.1).
 * Extended numbers are positive and grow with every wrap.
 */
public final class SequenceWindow {
    public static final int SPAN = 1024;
    /** Answers of {@link #accept} for packets to drop. */
    public static final long DUPLICATE = -1, TOO_OLD = -2;
    /** So many packets in a row from far behind: the sender has restarted its numbering. */
    private static final int RESTART_AFTER = 20;

    private final long[] seen = new long[SPAN / 64];
    private long highest = -1;
    private int oldInARow;

    /** The extended number, or {@link #DUPLICATE} or {@link #TOO_OLD}. @param sequence unsigned 16 bits */
    public long accept(int sequence) {
        if (highest < 0) {
            highest = 0x10000L + sequence;
            mark(highest);
            return highest;
        }
        int delta = (short) (sequence - (int) highest);
        if (delta <= -SPAN && ++oldInARow < RESTART_AFTER) return TOO_OLD;
        oldInARow = 0;
        long extended = delta <= -SPAN ? (highest | 0xFFFF) + 1 + sequence : highest + delta;
        if (extended > highest) {
            forget(highest + 1, extended);
            highest = extended;
        } else if (isMarked(extended)) {
            return DUPLICATE;
        }
        mark(extended);
        return extended;
    }

    /** Highest extended number so far, -1 before the first. */
    public long highest() {
        return highest;
    }

    private void forget(long from, long to) {
        if (to - from >= SPAN) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long at = from; at <= to; at++) seen[(int) (at & SPAN - 1) >>> 6] &= ~(1L << at);
    }

    private void mark(long extended) {
        seen[(int) (extended & SPAN - 1) >>> 6] |= 1L << extended;
    }

    private boolean isMarked(long extended) {
        return (seen[(int) (extended & SPAN - 1) >>> 6] & 1L << extended) != 0;
    }
}
