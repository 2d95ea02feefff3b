package dev.parley.bench.load;

/**
 * Follows the RTP sequence numbers of one stream (RFC 3550 section 5.1) over their wraps: tells new from repeated packets and counts what is
 * missing. Remembers the last {@link #WINDOW} numbers. Allocates nothing after construction. One thread.
 */
public final class SequenceChecker {
    /** What is further back than this counts as repeated: the sender cannot mean it. */
    public static final int WINDOW = 1024;
    /** {@link #accept} says this of a packet that came before. */
    public static final long REPEATED = -1;

    private final long[] seen = new long[WINDOW / 64];
    private long first = -1;
    private long highest = -1;
    private long received;
    private long repeated;
    private long reordered;

    /** @return the packet's number over all wraps (rollover count times 2^16 plus sequence), or {@link #REPEATED} */
    public long accept(int sequence) {
        if (first < 0) {
            first = sequence;
            highest = sequence;
            mark(highest);
            received = 1;
            return sequence;
        }
        long extended = highest + (short) (sequence - (int) highest);
        if (extended > highest) {
            for (long gone = Math.max(highest + 1, extended - WINDOW + 1); gone <= extended; gone++) clear(gone);
            highest = extended;
        } else if (extended < 0 || highest - extended >= WINDOW || isMarked(extended)) {
            repeated++;
            return REPEATED;
        } else {
            reordered++;
            first = Math.min(first, extended);
        }
        mark(extended);
        received++;
        return extended;
    }

    private void mark(long number) {
        seen[(int) (number % WINDOW >>> 6)] |= 1L << number;
    }

    private void clear(long number) {
        seen[(int) (number % WINDOW >>> 6)] &= ~(1L << number);
    }

    private boolean isMarked(long number) {
        return (seen[(int) (number % WINDOW >>> 6)] & 1L << number) != 0;
    }

    /** Different packets. */
    public long received() {
        return received;
    }

    /** The highest number over all wraps; -1 before the first packet. */
    public long highest() {
        return highest;
    }

    /** Packets that came again, or far too late. */
    public long repeated() {
        return repeated;
    }

    /** Packets that came after a later one. */
    public long reordered() {
        return reordered;
    }

    /** Numbers between the first and the last that never came. */
    public long missing() {
        return first < 0 ? 0 : highest - first + 1 - received;
    }
}
