package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/**
 * Writes transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1): which packets of a run of
 * transport-wide sequence numbers arrived, and when. Times are ticks of 250 microseconds on any clock. Stateless, allocates nothing.
 * <pre>RTPFB head, FMT 15 | base sequence 16, packet status count 16 | reference time 24 (64 ms), feedback count 8 | chunks 16 each | deltas | padding</pre>
 */
public final class TransportFeedbackWriter {
    /** Of a packet that did not arrive. */
    public static final long NOT_RECEIVED = Long.MIN_VALUE;
    /** Packets that one feedback may tell of: then it fits into a datagram whatever arrived. */
    public static final int COUNT_MAX = 400;

    private static final int TICKS_PER_REFERENCE = 256;
    private static final int NONE = 0, SMALL = 1, LARGE = 2;
    private static final int RUN_MAX = 0x1FFF;

    private TransportFeedbackWriter() {}

    /**
     * Appends one feedback.
     *
     * @param baseSequence  of the first packet told of, modulo 2^16
     * @param feedbackCount goes up by one with each feedback, modulo 256
     * @param ticks         arrival times, or {@link #NOT_RECEIVED}; the time of a number stands at {@code number & mask}
     * @param mask          length of {@code ticks} minus one; the length is a power of two
     * @param count         packets to tell of, 1 to {@link #COUNT_MAX}
     * @return packets told of: fewer when two arrivals are more than 8 s apart, which no delta can say
     */
    public static int write(
            ByteBuf out,
            long senderSsrc,
            long mediaSsrc,
            int baseSequence,
            int feedbackCount,
            long[] ticks,
            int mask,
            int count) {
        long reference = Math.floorDiv(firstArrival(ticks, mask, baseSequence, count), TICKS_PER_REFERENCE);
        int told = tellable(ticks, mask, baseSequence, Math.min(count, COUNT_MAX), reference * TICKS_PER_REFERENCE);
        int start = out.writerIndex();
        out.writeByte(0x80 | 15).writeByte(RtcpPacket.RTPFB).writeShort(0);
        out.writeInt((int) senderSsrc).writeInt((int) mediaSsrc);
        out.writeShort(baseSequence).writeShort(told);
        out.writeMedium((int) reference & 0xFFFFFF).writeByte(feedbackCount);
        chunks(out, ticks, mask, baseSequence, told, reference * TICKS_PER_REFERENCE);
        long last = reference * TICKS_PER_REFERENCE;
        for (int i = 0; i < told; i++) {
            long at = ticks[baseSequence + i & mask];
            if (at == NOT_RECEIVED) continue;
            if (symbol(at, last) == SMALL) out.writeByte((int) (at - last));
            else out.writeShort((int) (at - last));
            last = at;
        }
        int padding = -(out.writerIndex() - start) & 3;
        if (padding > 0) {
            out.writeZero(padding - 1).writeByte(padding);
            out.setByte(start, 0xA0 | 15);
        }
        out.setShort(start + 2, (out.writerIndex() - start) / 4 - 1);
        return told;
    }

    private static long firstArrival(long[] ticks, int mask, int base, int count) {
        for (int i = 0; i < count; i++) if (ticks[base + i & mask] != NOT_RECEIVED) return ticks[base + i & mask];
        return 0;
    }

    private static int tellable(long[] ticks, int mask, int base, int count, long reference) {
        long last = reference;
        for (int i = 0; i < count; i++) {
            long at = ticks[base + i & mask];
            if (at == NOT_RECEIVED) continue;
            if (at - last != (short) (at - last)) return i;
            last = at;
        }
        return count;
    }

    private static int symbol(long at, long last) {
        if (at == NOT_RECEIVED) return NONE;
        return at - last >= 0 && at - last <= 255 ? SMALL : LARGE;
    }

    private static void chunks(ByteBuf out, long[] ticks, int mask, int base, int count, long reference) {
        long last = reference;
        for (int i = 0; i < count; ) {
            int first = symbol(ticks[base + i & mask], last);
            int run = 0; // of equal symbols
            int narrow = 0; // of symbols that one bit can say
            boolean equal = true;
            long walk = last;
            for (int k = i; k < count && (equal || narrow == k - i && narrow < 14) && run < RUN_MAX; k++) {
                long at = ticks[base + k & mask];
                int symbol = symbol(at, walk);
                if (at != NOT_RECEIVED) walk = at;
                equal &= symbol == first;
                if (equal) run++;
                if (symbol != LARGE && narrow == k - i) narrow++;
            }
            int covered;
            if (run >= 14 || run == count - i || first == LARGE && run >= 7) {
                out.writeShort(first << 13 | run);
                covered = run;
            } else if (narrow >= 14 || narrow == count - i) {
                covered = Math.min(14, count - i);
                out.writeShort(0x8000 | vector(ticks, mask, base + i, covered, last, 1));
            } else {
                covered = Math.min(7, count - i);
                out.writeShort(0xC000 | vector(ticks, mask, base + i, covered, last, 2));
            }
            for (int k = 0; k < covered; k++) {
                long at = ticks[base + i + k & mask];
                if (at != NOT_RECEIVED) last = at;
            }
            i += covered;
        }
    }

    private static int vector(long[] ticks, int mask, int from, int symbols, long last, int bits) {
        int vector = 0;
        for (int k = 0; k < symbols; k++) {
            long at = ticks[from + k & mask];
            vector |= symbol(at, last) << 14 - bits * (k + 1);
            if (at != NOT_RECEIVED) last = at;
        }
        return vector;
    }
}
