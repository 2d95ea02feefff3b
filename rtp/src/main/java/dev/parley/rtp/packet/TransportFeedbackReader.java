package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/**
 * Walks a transport-wide congestion control feedback packet by packet; the form is at {@link TransportFeedbackWriter}. Nothing is allocated or
 * thrown. Not thread safe.
 *
 * <pre>{@code
 * if (reader.wrap(rtcp)) while (reader.next()) { reader.sequence() ... reader.received() ... reader.ticks() }
 * }</pre>
 */
public final class TransportFeedbackReader {
    private ByteBuf buf;
    private int chunkAt;
    private int deltaAt;
    private int end;
    private int count;
    private int index;
    private int base;
    private int chunk;
    private int chunkLeft;
    private int chunkUsed;
    private boolean received;
    private int referenceTime;
    private long ticks;

    /** False when it tells of nothing or its chunks run past its end. @param packet of kind TRANSPORT_CC */
    public boolean wrap(RtcpPacket packet) {
        buf = packet.buffer();
        int at = packet.feedbackOffset();
        end = packet.feedbackEnd();
        count = 0;
        index = 0;
        chunkLeft = 0;
        if (end - at < 8) return false;
        base = buf.getUnsignedShort(at);
        int told = buf.getUnsignedShort(at + 2);
        referenceTime = buf.getUnsignedMedium(at + 4);
        ticks = 0;
        chunkAt = at + 8;
        int symbols = 0;
        int chunksEnd = chunkAt;
        while (symbols < told) {
            if (chunksEnd + 2 > end) return false;
            symbols += symbolsOf(buf.getUnsignedShort(chunksEnd));
            chunksEnd += 2;
        }
        deltaAt = chunksEnd;
        count = told;
        return told > 0;
    }

    private static int symbolsOf(int chunk) {
        if ((chunk & 0x8000) == 0) return Math.max(1, chunk & 0x1FFF); // an empty run would never end
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    /** False at the end, or where the deltas end too early. */
    public boolean next() {
        if (index == count) return false;
        if (chunkLeft == 0) {
            chunk = buf.getUnsignedShort(chunkAt);
            chunkAt += 2;
            chunkLeft = symbolsOf(chunk);
            chunkUsed = 0;
        }
        int symbol = symbol();
        chunkLeft--;
        chunkUsed++;
        index++;
        received = symbol == 1 || symbol == 2;
        if (!received) return true;
        if (deltaAt + symbol > end) {
            index = count;
            return false;
        }
        ticks += symbol == 1 ? buf.getUnsignedByte(deltaAt) : buf.getShort(deltaAt);
        deltaAt += symbol;
        return true;
    }

    private int symbol() {
        if ((chunk & 0x8000) == 0) return chunk >>> 13 & 3;
        if ((chunk & 0x4000) == 0) return chunk >>> 13 - chunkUsed & 1;
        return chunk >>> 12 - 2 * chunkUsed & 3;
    }

    /** Packets told of. */
    public int count() {
        return count;
    }

    /** Transport-wide number of the current packet, unsigned 16 bits. */
    public int sequence() {
        return base + index - 1 & 0xFFFF;
    }

    public boolean received() {
        return received;
    }

    /** Units of 64 ms on the receiver's clock, unsigned 24 bits, wrapping: the zero of {@link #ticks}. */
    public int referenceTime() {
        return referenceTime;
    }

    /** Arrival of the current packet in units of 250 microseconds since the reference time; only when it was received. */
    public long ticks() {
        return ticks;
    }
}
