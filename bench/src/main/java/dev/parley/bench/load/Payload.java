package dev.parley.bench.load;

import io.netty.buffer.ByteBuf;

/**
 * What publishers write into their packets and subscribers look for. One thread.
 *
 * <pre>0: VP8 payload descriptor with a 15-bit picture id (RFC 7741 section 4.2) | 4: VP8 frame tag and key frame header (RFC 6386 section 9.1)
 * 14: 0 0 | 16: magic(32) | 20: publication(32) | 24: packet's number(64) | 32: sent, {@code Clock} ns(64) | 40: pattern</pre>
 *
 * Relays may rewrite the descriptor, so the first 4 bytes are not compared. Audio has the same shape: no relay looks into Opus.
 */
public final class Payload {
    public static final int BYTES_MIN = 48;
    public static final int BYTES_MAX = 1_400;
    private static final int MAGIC = 0x504C4431;
    private static final int FIXED_BYTES = 40;

    private int publication;
    private long number;
    private long sentNs;

    /** Appends one payload. @param begins first packet of a frame; @param key of a key frame */
    static void write(
            ByteBuf out, int bytes, boolean begins, boolean key, int frame, int publication, long number, long nowNs) {
        out.writeByte(begins ? 0x90 : 0x80).writeByte(0x80).writeShort(0x8000 | frame & 0x7FFF);
        out.writeByte(key ? 0x10 : 0x11).writeByte(0x02).writeByte(0);
        out.writeMedium(0x9D012A).writeShortLE(640).writeShortLE(360);
        out.writeShort(0);
        out.writeInt(MAGIC).writeInt(publication).writeLong(number).writeLong(nowNs);
        int at = FIXED_BYTES;
        for (; at + 8 <= bytes; at += 8) out.writeLong(pattern(publication, number, at));
        for (; at < bytes; at++) out.writeByte((int) pattern(publication, number, at));
    }

    /** True when these bytes are what a publication wrote; then the getters tell what. */
    boolean read(ByteBuf in, int at, int bytes) {
        if (bytes < FIXED_BYTES || in.getInt(at + 16) != MAGIC) return false;
        publication = in.getInt(at + 20);
        number = in.getLong(at + 24);
        sentNs = in.getLong(at + 32);
        if (in.getUnsignedMedium(at + 7) != 0x9D012A) return false;
        int i = FIXED_BYTES;
        for (; i + 8 <= bytes; i += 8) if (in.getLong(at + i) != pattern(publication, number, i)) return false;
        for (; i < bytes; i++) if (in.getByte(at + i) != (byte) pattern(publication, number, i)) return false;
        return true;
    }

    /** Different at each place of each packet. */
    private static long pattern(int publication, long number, int at) {
        return (number * 0x9E3779B97F4A7C15L + publication) * 0xC2B2AE3D27D4EB4FL + at * 0x165667B19E3779F9L;
    }

    int publication() {
        return publication;
    }

    /** From 0, of the publication's packets. */
    long number() {
        return number;
    }

    long sentNs() {
        return sentNs;
    }
}
