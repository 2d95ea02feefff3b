package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;

/**
 * The VP8 payload descriptor (RFC 7741 section 4.2) and the sizes in a key frame (RFC 6386 section 9.1), read in place. Not thread safe.
 * <pre>
 * byte 0: X R N S R PID(3) | if X: I L T K RSV(4) | if I: M PictureID(7), and if M 8 more | if L: TL0PICIDX(8) | if T or K: TID(2) Y KEYIDX(5)
 * </pre>
 */
public final class Vp8Header {
    public enum Verdict {
        OK,
        TOO_SHORT
    }

    private int length;
    private boolean start;
    private int partition;
    private int pictureId;
    private int temporalLayer;
    private boolean nonReference;

    /** Reads the descriptor at the payload's reader index; the index is left alone. The payload must have data behind the descriptor. */
    public Verdict wrap(ByteBuf payload) {
        int at = payload.readerIndex();
        int end = payload.writerIndex();
        if (end - at < 2) return Verdict.TOO_SHORT;
        int first = payload.getUnsignedByte(at++);
        nonReference = (first & 0x20) != 0;
        start = (first & 0x10) != 0;
        partition = first & 0x07;
        pictureId = -1;
        temporalLayer = -1;
        if ((first & 0x80) != 0) {
            int extension = payload.getUnsignedByte(at++);
            if ((extension & 0x80) != 0) {
                if (at >= end) return Verdict.TOO_SHORT;
                pictureId = payload.getUnsignedByte(at++);
                if ((pictureId & 0x80) != 0) {
                    if (at >= end) return Verdict.TOO_SHORT;
                    pictureId = (pictureId & 0x7F) << 8 | payload.getUnsignedByte(at++);
                }
            }
            if ((extension & 0x40) != 0) at++;
            if ((extension & 0x30) != 0) {
                if (at >= end) return Verdict.TOO_SHORT;
                if ((extension & 0x20) != 0) temporalLayer = payload.getUnsignedByte(at) >>> 6;
                at++;
            }
        }
        if (at >= end) return Verdict.TOO_SHORT;
        length = at - payload.readerIndex();
        return Verdict.OK;
    }

    /** Bytes of the descriptor. */
    public int length() {
        return length;
    }

    /** S with PID 0: the first packet of a frame. */
    public boolean startsFrame() {
        return start && partition == 0;
    }

    /** 7 or 15 bits; -1 when absent. */
    public int pictureId() {
        return pictureId;
    }

    /** 0 to 3; -1 when absent. */
    public int temporalLayer() {
        return temporalLayer;
    }

    /** N: no other frame refers to this one. */
    public boolean nonReference() {
        return nonReference;
    }

    /** Whether a whole frame is a key frame with a right start code; such a frame has at least 10 bytes. */
    static boolean isKey(byte[] frame, int bytes) {
        return bytes >= 10 && (frame[0] & 1) == 0 && (frame[3] & 0xFF) == 0x9D && frame[4] == 0x01 && frame[5] == 0x2A;
    }

    /** Of a key frame; the two upper bits are a scaling hint and not part of the size. */
    static int width(byte[] frame) {
        return (frame[6] & 0xFF | (frame[7] & 0x3F) << 8);
    }

    static int height(byte[] frame) {
        return (frame[8] & 0xFF | (frame[9] & 0x3F) << 8);
    }
}
