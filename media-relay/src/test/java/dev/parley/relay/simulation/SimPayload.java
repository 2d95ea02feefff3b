package dev.parley.relay.simulation;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * What simulated publishers send and subscribers check. Video is VP8 to a relay: descriptor with picture id (RFC 7741), first byte of the frame
 * tag; then, for video and audio alike, the stamp and a filling that follows from it.
 * <pre>[VP8 descriptor 6][frame tag 1] | frame 4 | index 2 | packets of the frame 2 | capture time ns 8 | filling</pre>
 */
final class SimPayload {
    private static final int[] LAYER_OF = {0, 2, 1, 2};
    static final int STAMP_BYTES = 16;
    static final int VP8_BYTES = 7;

    int frame;
    int index;
    int packets;
    long captureNs;
    boolean key;
    boolean starts;
    int pictureId;
    int layer;

    static void write(
            ByteBuf out,
            boolean video,
            boolean key,
            boolean layers,
            int frame,
            int index,
            int packets,
            long captureNs,
            int bytes) {
        if (video) {
            out.writeByte(index == 0 ? 0x90 : 0x80);
            out.writeByte(0xE0); // picture id, TL0PICIDX, layer
            out.writeShort(0x8000 | frame & 0x7FFF);
            out.writeByte(frame >> 2).writeByte(layers ? descriptorLayer(key, frame) : 0x20);
            out.writeByte(key ? 0x10 : 0x11);
        }
        out.writeInt(frame).writeShort(index).writeShort(packets).writeLong(captureNs);
        for (int i = 0; i < bytes; i++) out.writeByte(filling(frame, index, i));
    }

    /** Reads and checks the payload of a packet that has one. */
    SimPayload read(RtpPacket packet, boolean video) {
        ByteBuf buf = packet.buffer();
        int at = packet.payloadOffset();
        int end = at + packet.payloadLength();
        if (video) {
            starts = (buf.getByte(at) & 0x10) != 0;
            pictureId = buf.getUnsignedShort(at + 2) & 0x7FFF;
            layer = buf.getUnsignedByte(at + 5) >>> 6;
            key = (buf.getByte(at + 6) & 1) == 0;
            at += VP8_BYTES;
        }
        frame = buf.getInt(at);
        index = buf.getUnsignedShort(at + 4);
        packets = buf.getUnsignedShort(at + 6);
        captureNs = buf.getLong(at + 8);
        for (int i = at + STAMP_BYTES; i < end; i++) {
            if (buf.getByte(i) != filling(frame, index, i - at - STAMP_BYTES))
                throw new AssertionError("the payload of frame " + frame + " was changed at byte " + (i - at));
        }
        return this;
    }

    /** Layers 0 2 1 2, as libvpx makes three; every eighth picture of an upper layer may be begun with. */
    private static int descriptorLayer(boolean key, int frame) {
        if (key) return 0x20;
        int layer = LAYER_OF[frame & 3];
        return layer << 6 | (layer == 0 || (frame & 0x1C) == 0 && (frame & 3) < 3 ? 0x20 : 0);
    }

    private static byte filling(int frame, int index, int i) {
        return (byte) (frame * 31 + index * 7 + i);
    }
}
