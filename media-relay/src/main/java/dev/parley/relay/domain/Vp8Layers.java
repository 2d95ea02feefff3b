package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/** What a VP8 payload descriptor says about picture numbers and temporal layers (RFC 7741 section 4.2), read in place. One per room. */
final class Vp8Layers {
    /** Temporal layers that two bits can name. */
    static final int LAYERS_MAX = 4;

    private boolean numbered;
    private boolean layered;
    private int layer;
    private boolean sync;
    private int pictureId;
    private boolean wide;
    private int pictureIdAt;
    private int baseIndex;

    /** False when the packet has no picture id or no layer number: then nothing can be left out of its stream. */
    boolean wrap(RtpPacket packet) {
        layered = numbered = false;
        ByteBuf buf = packet.buffer();
        int start = packet.payloadOffset();
        int end = start + packet.payloadLength();
        if (end - start < 4) return false;
        int extension = buf.getUnsignedByte(start + 1);
        if ((buf.getByte(start) & 0x80) == 0 || (extension & 0x80) == 0) return false; // X, I
        int at = start + 2;
        pictureIdAt = at - start;
        wide = (buf.getByte(at) & 0x80) != 0;
        pictureId = wide ? buf.getUnsignedShort(at) & 0x7FFF : buf.getByte(at) & 0x7F;
        at += wide ? 2 : 1;
        if (at >= end) return false;
        numbered = true;
        baseIndex = (extension & 0x40) != 0 ? buf.getUnsignedByte(at++) : -1; // TL0PICIDX
        if ((extension & 0x20) == 0 || at >= end) return false;
        layer = buf.getUnsignedByte(at) >>> 6;
        sync = (buf.getByte(at) & 0x20) != 0;
        layered = true;
        return true;
    }

    /** Index of the frame's data behind a descriptor; -1 when there is none. */
    static int payloadAt(ByteBuf buf, int start, int end) {
        if (end - start < 2) return -1;
        int at = start + 1;
        if ((buf.getByte(start) & 0x80) != 0) {
            int extension = buf.getUnsignedByte(at++);
            if ((extension & 0x80) != 0) {
                if (at >= end) return -1;
                at += (buf.getByte(at) & 0x80) != 0 ? 2 : 1; // picture id
            }
            if ((extension & 0x40) != 0) at++; // TL0PICIDX
            if ((extension & 0x30) != 0) at++; // TID, KEYIDX
        }
        return at < end ? at : -1;
    }

    /** Of a stream whose packets cannot be looked into. */
    void none() {
        layered = numbered = false;
    }

    /** The packet has a picture id. */
    boolean numbered() {
        return numbered;
    }

    /** TL0PICIDX, the running number of base layer pictures, 8 bits; -1 when absent. It stands behind the picture id. */
    int baseIndex() {
        return baseIndex;
    }

    /** The answer of the last {@link #wrap}. */
    boolean layered() {
        return layered;
    }

    /** 0 is the base, which all others need. */
    int layer() {
        return layer;
    }

    /** Y: the picture needs only the base layer, so its layer may be begun with it. */
    boolean sync() {
        return sync;
    }

    /** 15 bits when {@link #wide}, else 7. */
    int pictureId() {
        return pictureId;
    }

    boolean wide() {
        return wide;
    }

    /** Offset of the picture id in the payload. */
    int pictureIdAt() {
        return pictureIdAt;
    }
}
