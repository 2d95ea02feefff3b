package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/** Sees whether a packet begins a picture that can be decoded without earlier ones. Payload formats: VP8 RFC 7741, H264 RFC 6184, VP9 RFC 9628, AV1 as of AOMedia. */
public enum KeyFrames {
    VP8 {
        @Override
        public boolean begins(RtpPacket packet) {
            ByteBuf buf = packet.buffer();
            int start = packet.payloadOffset();
            int end = start + packet.payloadLength();
            if (end - start < 2 || (buf.getByte(start) & 0x17) != 0x10) return false; // not the start of partition 0
            int at = Vp8Layers.payloadAt(buf, start, end);
            return at >= 0
                    && (buf.getByte(at) & 0x01) == 0; // frame tag, bit P: 0 is a key frame (RFC 6386 section 9.1)
        }
    },
    H264 {
        @Override
        public boolean begins(RtpPacket packet) {
            ByteBuf buf = packet.buffer();
            int at = packet.payloadOffset();
            int end = at + packet.payloadLength();
            if (at >= end) return false;
            int type = buf.getByte(at) & 0x1F;
            if (type == STAP_A) return aggregateBegins(buf, at + 1, end);
            if (type == FU_A)
                return end - at >= 2 && (buf.getByte(at + 1) & 0x80) != 0 && starts(buf.getByte(at + 1) & 0x1F);
            return starts(type);
        }
    },
    VP9 {
        @Override
        public boolean begins(RtpPacket packet) {
            ByteBuf buf = packet.buffer();
            int start = packet.payloadOffset();
            int end = start + packet.payloadLength();
            if (end - start < 2) return false;
            int first = buf.getUnsignedByte(start);
            if ((first & 0x48) != 0x08) return false; // B and not P
            int at = start + 1;
            if ((first & 0x80) != 0) at += (buf.getByte(at) & 0x80) != 0 ? 2 : 1; // I
            return (first & 0x20) == 0 || at < end && (buf.getByte(at) & 0x0E) == 0; // L: SID 0
        }
    },
    /** Aggregation header, bit N: the first packet of a coded video sequence. */
    AV1 {
        @Override
        public boolean begins(RtpPacket packet) {
            return packet.payloadLength() >= 2 && (packet.buffer().getByte(packet.payloadOffset()) & 0x08) != 0;
        }
    },
    /** Audio, and codecs that the relay cannot look into: every packet will do. */
    ANY {
        @Override
        public boolean begins(RtpPacket packet) {
            return true;
        }
    };
    private static final int IDR = 5, SPS = 7, STAP_A = 24, FU_A = 28;

    /** Of a wrapped packet. */
    public abstract boolean begins(RtpPacket packet);

    static KeyFrames of(String codec) {
        return switch (codec.toUpperCase(Locale.ROOT)) {
            case "VP8" -> VP8;
            case "H264" -> H264;
            case "VP9" -> VP9;
            case "AV1" -> AV1;
            default -> ANY;
        };
    }

    private static boolean starts(int nalType) {
        return nalType == IDR || nalType == SPS;
    }

    private static boolean aggregateBegins(ByteBuf buf, int at, int end) {
        while (end - at >= 3) {
            int length = buf.getUnsignedShort(at);
            if (starts(buf.getByte(at + 2) & 0x1F)) return true;
            at += 2 + length;
        }
        return false;
    }
}
