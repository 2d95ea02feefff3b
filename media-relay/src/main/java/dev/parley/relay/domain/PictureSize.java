package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.payload.H264Sps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** The size of one stream's pictures, read where a key frame begins: VP8 RFC 6386 section 9.1, H.264 sequence parameter sets, VP9 RFC 9628 section 4.2.1. */
final class PictureSize {
    private static final int SPS = 7, STAP_A = 24;

    private int width;
    private int height;
    private int parsed;
    private final Vp9Layers svc = new Vp9Layers();

    /** @param packet the first of a key frame */
    void read(KeyFrames codec, RtpPacket packet) {
        ByteBuf buf = packet.buffer();
        int at = packet.payloadOffset();
        int end = at + packet.payloadLength();
        switch (codec) {
            case VP8 -> readVp8(buf, at, end);
            case H264 -> readH264(buf, at, end);
            case VP9 -> readVp9(buf, at, end);
            case AV1, ANY -> {} // the sequence header's bits are not looked into
        }
    }

    private void readVp8(ByteBuf buf, int start, int end) {
        int at = Vp8Layers.payloadAt(buf, start, end);
        if (at < 0 || end - at < 10) return;
        if (buf.getUnsignedMedium(at + 3) != 0x9D012A) return;
        width = buf.getUnsignedShortLE(at + 6) & 0x3FFF; // the two upper bits are a scaling hint
        height = buf.getUnsignedShortLE(at + 8) & 0x3FFF;
    }

    /** Scalability structure: N_S(3) Y G, then, with Y, width and height (16 each) of N_S + 1 layers; that of the largest counts. */
    private void readVp9(ByteBuf buf, int start, int end) {
        if (!svc.wrap(buf, start, end) || svc.structureAt() < 0) return;
        int at = start + svc.structureAt();
        if (at >= end || (buf.getByte(at) & 0x10) == 0) return;
        int last = at + 1 + 4 * (buf.getUnsignedByte(at) >>> 5);
        if (end - last < 4) return;
        width = buf.getUnsignedShort(last);
        height = buf.getUnsignedShort(last + 2);
    }

    private void readH264(ByteBuf buf, int start, int end) {
        int type = buf.getByte(start) & 0x1F;
        if (type == SPS) readSps(buf, start, end - start);
        if (type != STAP_A) return;
        for (int at = start + 1; end - at >= 3; ) {
            int length = buf.getUnsignedShort(at);
            if (length > 0 && length <= end - at - 2 && (buf.getByte(at + 2) & 0x1F) == SPS)
                readSps(buf, at + 2, length);
            at += 2 + length;
        }
    }

    /** Parsed only when it is another one than before. */
    private void readSps(ByteBuf buf, int at, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) hash = 31 * hash + buf.getByte(at + i);
        if (hash == parsed) return;
        parsed = hash;
        H264Sps sps = H264Sps.parse(ByteBufUtil.getBytes(buf, at, length));
        if (sps == null) return;
        width = sps.width();
        height = sps.height();
    }

    /** In pixels; 0 = not known. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }
}
