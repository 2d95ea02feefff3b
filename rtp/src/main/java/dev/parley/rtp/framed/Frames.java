package dev.parley.rtp.framed;

import io.netty.buffer.ByteBuf;

/** One frame of RFC 4571: a 16-bit big-endian length, then one RTP or RTCP packet of that many bytes. */
public final class Frames {
    public static final int LENGTH_BYTES = 2;
    public static final int PACKET_BYTES_MAX = 0xFFFF;

    private Frames() {}

    /** Told apart as in RFC 5761 section 4: a second byte of 192 to 223 is an RTCP packet type. */
    public static boolean isRtcp(ByteBuf packet) {
        if (packet.readableBytes() < 2) return false;
        int type = packet.getUnsignedByte(packet.readerIndex() + 1);
        return type >= 192 && type <= 223;
    }

    /** Appends a frame; the packet's indices stay as they are. Throws IllegalArgumentException above {@link #PACKET_BYTES_MAX}. */
    public static void append(ByteBuf out, ByteBuf packet) {
        int bytes = packet.readableBytes();
        if (bytes > PACKET_BYTES_MAX) throw new IllegalArgumentException("packet of " + bytes + " bytes in a frame");
        out.writeShort(bytes);
        out.writeBytes(packet, packet.readerIndex(), bytes);
    }
}
