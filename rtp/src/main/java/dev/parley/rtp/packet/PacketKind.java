package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/** What shares the one media port, told apart by the first bytes (RFC 7983 section 7; RTP against RTCP by RFC 5761 section 4). */
public enum PacketKind {
    STUN,
    DTLS,
    /** TURN channel data; the relay has no use for it. */
    TURN_CHANNEL,
    RTP,
    RTCP,
    UNKNOWN;

    /** Looks at the readable bytes; an empty buffer or one that is too short to tell is UNKNOWN. */
    public static PacketKind of(ByteBuf datagram) {
        int bytes = datagram.readableBytes();
        if (bytes < 2) {
            return UNKNOWN;
        }
        int at = datagram.readerIndex();
        int first = datagram.getUnsignedByte(at);
        if (first >= 128 && first <= 191) {
            return isRtcpType(datagram.getUnsignedByte(at + 1)) ? RTCP : RTP;
        }
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        return first >= 64 && first <= 79 ? TURN_CHANNEL : UNKNOWN;
    }

    /** True for 192 to 223: with rtcp-mux no RTP payload type 64 to 95 may be in use, whatever its marker. */
    public static boolean isRtcpType(int secondByte) {
        return secondByte >= 192 && secondByte <= 223;
    }
}
