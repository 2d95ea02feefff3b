package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/** What a VP8 payload descriptor says about temporal layers (RFC 7741 section 4.2), read in place. One per room. */
final class Vp8Layers {
    /** Temporal layers that two bits can name. */
    static final int LAYERS_MAX = 4;

    private boolean layered;
    private int layer;
    private boolean sync;
    private int pictureId;
    private boolean wide;
    private int pictureIdAt;

    /** False when the packet has no picture id or no layer number: then nothing can be left out of its stream. */
    boolean wrap(RtpPacket packet) {
        layered = false;
        ByteBuf buf = packet.buffer();
        int start = packet.payloadOffset();
        int end = start + packet.payloadLength();
        if (end - start < 4) return false;
        int extension = buf.getUnsignedByte(start + 1);
        if ((buf.getByte(start) & 0x80) == 0 || (extension & 0xA0) != 0xA0) return false; // X; I and T
        int at = start + 2;
        pictureIdAt = at - start;
        wide = (buf.getByte(at) & 0x80) != 0;
        pictureId = wide ? buf.getUnsignedShort(at) & 0x7FFF : buf.getByte(at) & 0x7F;
        at += wide ? 2 : 1;
        if ((extension & 0x40) != 0) at++; // TL0PICIDX
        if (at >= end) return false;
        layer = buf.getUnsignedByte(at) >>> 6;
        sync = (buf.getByte(at) & 0x20) != 0;
        layered = true;
        return true;
    }

    /** Of a stream whose packets cannot be looked into. */
    void none() {
        layered = false;
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
