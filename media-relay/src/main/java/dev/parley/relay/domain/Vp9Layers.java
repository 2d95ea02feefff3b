package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * What a VP9 payload descriptor says about pictures and spatial layers (RFC 9628 section 4.2), read in place. One per room.
 * <pre>byte 0: I P L F B E V Z | I: M PID(7 or 15) | L: TID(3) U SID(3) D | L and not F: TL0PICIDX(8) | V: scalability structure</pre>
 */
final class Vp9Layers {
    /** Spatial layers that are told apart; what lies above counts as the last. */
    static final int LAYERS_MAX = Vp8Layers.LAYERS_MAX;

    private static final int I = 0x80, P = 0x40, L = 0x20, F = 0x10, B = 0x08, E = 0x04, V = 0x02;

    private boolean valid;
    private boolean numbered;
    private int pictureId;
    private int pictureBits;
    private int layer;
    private int bits;
    private int structureAt;

    /** False when the descriptor is cut short: then the packet counts as base layer. */
    boolean wrap(RtpPacket packet) {
        return wrap(packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
    }

    boolean wrap(ByteBuf buf, int start, int end) {
        none();
        if (!read(buf, start, end)) none();
        return valid;
    }

    private boolean read(ByteBuf buf, int start, int end) {
        int at = start;
        if (at >= end) return false;
        int first = buf.getUnsignedByte(at++);
        if ((first & I) != 0) {
            if (at >= end) return false;
            boolean wide = (buf.getByte(at) & 0x80) != 0;
            if (end - at < (wide ? 2 : 1)) return false;
            pictureId = wide ? buf.getUnsignedShort(at) & 0x7FFF : buf.getByte(at) & 0x7F;
            pictureBits = wide ? 15 : 7;
            at += wide ? 2 : 1;
        }
        if ((first & L) != 0) {
            if (at >= end) return false;
            layer = Math.min(buf.getByte(at++) >>> 1 & 0x07, LAYERS_MAX - 1);
            if ((first & F) == 0) at++;
        }
        if (at > end) return false;
        boolean references = (first & F) != 0 && (first & P) != 0; // P_DIFF stands before the structure then
        structureAt = (first & V) != 0 && !references ? at - start : -1;
        bits = first;
        numbered = (first & I) != 0;
        valid = true;
        return true;
    }

    /** Of a packet that cannot be looked into. */
    void none() {
        valid = numbered = false;
        layer = 0;
        bits = 0;
        structureAt = -1;
    }

    /** The packet has a picture id. All layers of one picture share it. */
    boolean numbered() {
        return numbered;
    }

    int pictureId() {
        return pictureId;
    }

    /** How many bits the picture id has: 7 or 15. */
    int pictureBits() {
        return pictureBits;
    }

    /** Spatial layer; 0 is the base, which all others need. */
    int layer() {
        return layer;
    }

    /** The packet begins a picture that needs no earlier one: the base layer of a key picture. */
    boolean beginsKey() {
        return (bits & B) != 0 && (bits & P) == 0 && layer == 0;
    }

    /** The packet is the last one of its layer's frame. */
    boolean endsFrame() {
        return (bits & E) != 0;
    }

    /** Offset of the scalability structure (section 4.2.1) in the payload; -1 = there is none. */
    int structureAt() {
        return structureAt;
    }
}
