package dev.parley.relay.simulation;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * What simulated publishers send and subscribers check. Video is VP8 to a relay: descriptor with picture id (RFC 7741), first byte of the frame
 * tag; then, for video and audio alike, the stamp and a filling that follows from it.
 * <pre>[VP8 descriptor 4][frame tag 1] | frame 4 | index 2 | packets of the frame 2 | capture time ns 8 | filling</pre>
 */
final class SimPayload {
    static final int STAMP_BYTES = 16;
    static final int VP8_BYTES = 5;

    int frame;
    int index;
    int packets;
    long captureNs;
    boolean key;
    boolean starts;
    int pictureId;

    static void write(
            ByteBuf out, boolean video, boolean key, int frame, int index, int packets, long captureNs, int bytes) {
        if (video) {
            out.writeByte(index == 0 ? 0x90 : 0x80);
            out.writeByte(0x80);
            out.writeShort(0x8000 | frame & 0x7FFF);
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
            key = (buf.getByte(at + 4) & 1) == 0;
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

    private static byte filling(int frame, int index, int i) {
        return (byte) (frame * 31 + index * 7 + i);
    }
}
