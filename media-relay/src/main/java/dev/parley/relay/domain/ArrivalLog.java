package dev.parley.relay.domain;

import dev.parley.rtp.packet.TransportFeedbackWriter;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * When the packets of one publisher's transport came, by their transport-wide numbers, until he has been told
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01). A packet that was reported missing and comes late is reported again.
 */
final class ArrivalLog {
    private static final int SLOTS = 1024;
    private static final int NS_PER_TICK = 250_000;
    /** A packet older than so many numbers before what is told next is forgotten. */
    private static final int LATE_MAX = 128;

    private final long[] ticks = new long[SLOTS];
    private long next = -1; // first number not told of yet
    private long highest = -1;
    private int feedbacks;

    /** @param sequence transport-wide, 16 bits */
    void onPacket(int sequence, long nowNs) {
        if (highest < 0) {
            Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
            highest = next = 0x10000L + sequence;
        }
        long extended = highest + (short) (sequence - (int) highest);
        if (extended > highest) {
            if (extended - highest >= SLOTS) {
                Arrays.fill(ticks, TransportFeedbackWriter.NOT_RECEIVED);
                next = extended;
            } else {
                for (long at = highest + 1; at < extended; at++) ticks[slot(at)] = TransportFeedbackWriter.NOT_RECEIVED;
            }
            highest = extended;
            next = Math.max(next, highest - SLOTS + 1);
        } else if (extended < next) {
            if (next - extended > LATE_MAX || highest - extended >= SLOTS) return;
            next = extended;
        }
        ticks[slot(extended)] = nowNs / NS_PER_TICK;
    }

    boolean hasNews() {
        return highest >= 0 && next <= highest;
    }

    /** Appends a feedback about what was not told yet, or its beginning: see {@link #hasNews}. */
    void write(ByteBuf out, long senderSsrc, long mediaSsrc) {
        int count = (int) Math.min(TransportFeedbackWriter.COUNT_MAX, highest - next + 1);
        next += TransportFeedbackWriter.write(
                out, senderSsrc, mediaSsrc, (int) next & 0xFFFF, feedbacks++ & 0xFF, ticks, SLOTS - 1, count);
    }

    private static int slot(long extended) {
        return (int) extended & SLOTS - 1;
    }
}
