package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/** Appends RTCP packets to a buffer; several calls make a compound. Stateless, allocates nothing. SSRCs are unsigned 32 bits. */
public final class RtcpWriter {
    /** Most report blocks that one SR or RR can hold, and sources of one BYE. */
    public static final int COUNT_MAX = 31;

    private RtcpWriter() {}

    /**
     * A sender report's head (RFC 3550 section 6.4.1); {@code blocks} calls of {@link #reportBlock} must follow.
     *
     * @param ntpTime 64-bit NTP time: seconds since 1900 in the upper half
     */
    public static void senderReport(
            ByteBuf out, long ssrc, long ntpTime, long rtpTimestamp, long packets, long octets, int blocks) {
        head(out, blocks, RtcpPacket.SR, 28 + blocks * RtcpPacket.REPORT_BLOCK_BYTES);
        out.writeInt((int) ssrc);
        out.writeLong(ntpTime);
        out.writeInt((int) rtpTimestamp);
        out.writeInt((int) packets);
        out.writeInt((int) octets);
    }

    /** A receiver report's head (RFC 3550 section 6.4.2); {@code blocks} calls of {@link #reportBlock} must follow. */
    public static void receiverReport(ByteBuf out, long ssrc, int blocks) {
        head(out, blocks, RtcpPacket.RR, 8 + blocks * RtcpPacket.REPORT_BLOCK_BYTES);
        out.writeInt((int) ssrc);
    }

    /**
     * @param fractionLost    in 1/256
     * @param cumulativeLost  signed 24 bits; clamped
     * @param extendedHighest cycles (16) and sequence (16)
     * @param jitter          ticks of the RTP clock
     * @param lastSr          middle 32 bits of the NTP time of the last sender report, 0 = none
     * @param delaySinceSr    1/65536 s
     */
    public static void reportBlock(
            ByteBuf out,
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long extendedHighest,
            long jitter,
            long lastSr,
            long delaySinceSr) {
        out.writeInt((int) ssrc);
        out.writeByte(Math.clamp(fractionLost, 0, 255));
        out.writeMedium(Math.clamp(cumulativeLost, -0x800000, 0x7FFFFF));
        out.writeInt((int) extendedHighest);
        out.writeInt((int) jitter);
        out.writeInt((int) lastSr);
        out.writeInt((int) delaySinceSr);
    }

    /** One chunk with a CNAME (RFC 3550 section 6.5). @param cname ASCII, at most 255 characters */
    public static void sdesCname(ByteBuf out, long ssrc, CharSequence cname) {
        int text = Math.min(255, cname.length());
        int chunk = 4 + 2 + text + 1; // the item list ends with at least one zero byte
        int bytes = 4 + (chunk + 3) / 4 * 4;
        head(out, 1, RtcpPacket.SDES, bytes);
        out.writeInt((int) ssrc);
        out.writeByte(1);
        out.writeByte(text);
        for (int i = 0; i < text; i++) {
            out.writeByte(cname.charAt(i) & 0x7F);
        }
        out.writeZero(bytes - 4 - 6 - text);
    }

    /** BYE of one source without a reason. */
    public static void bye(ByteBuf out, long ssrc) {
        head(out, 1, RtcpPacket.BYE, 8);
        out.writeInt((int) ssrc);
    }

    /** Generic NACK (RFC 4585 section 6.2.1); {@code pairs} calls of {@link #nackPair} must follow. */
    public static void nack(ByteBuf out, long senderSsrc, long mediaSsrc, int pairs) {
        feedback(out, 1, RtcpPacket.RTPFB, 12 + 4 * pairs, senderSsrc, mediaSsrc);
    }

    /** @param bitmask bit i says that pid + i + 1 is lost too */
    public static void nackPair(ByteBuf out, int pid, int bitmask) {
        out.writeShort(pid);
        out.writeShort(bitmask);
    }

    /**
     * A whole generic NACK.
     *
     * @param sequences lost sequence numbers in ascending order modulo 2^16
     * @param count     how many of them to write, at least 1
     */
    public static void nack(ByteBuf out, long senderSsrc, long mediaSsrc, int[] sequences, int count) {
        int start = out.writerIndex();
        nack(out, senderSsrc, mediaSsrc, 0);
        int pairs = 0;
        for (int i = 0; i < count; pairs++) {
            int pid = sequences[i++];
            int bitmask = 0;
            while (i < count && (sequences[i] - pid & 0xFFFF) <= 16 && sequences[i] != pid) {
                bitmask |= 1 << (sequences[i++] - pid & 0xFFFF) - 1;
            }
            nackPair(out, pid, bitmask);
        }
        out.setShort(start + 2, 2 + pairs);
    }

    /** Picture loss indication (RFC 4585 section 6.3.1): asks the media source for a key frame. */
    public static void pli(ByteBuf out, long senderSsrc, long mediaSsrc) {
        feedback(out, 1, RtcpPacket.PSFB, 12, senderSsrc, mediaSsrc);
    }

    /** Full intra request with one entry (RFC 5104 section 4.3.1). @param sequence goes up by one for each new request, modulo 256 */
    public static void fir(ByteBuf out, long senderSsrc, long mediaSsrc, int sequence) {
        feedback(out, 4, RtcpPacket.PSFB, 20, senderSsrc, 0);
        out.writeInt((int) mediaSsrc);
        out.writeInt(sequence << 24);
    }

    /** Receiver estimated maximum bitrate about one source (draft-alvestrand-rmcat-remb-03). */
    public static void remb(ByteBuf out, long senderSsrc, long bitsPerSecond, long mediaSsrc) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - 18);
        feedback(out, 15, RtcpPacket.PSFB, 24, senderSsrc, 0);
        out.writeInt(0x52454D42); // "REMB"
        out.writeByte(1);
        out.writeMedium((int) (exponent << 18 | bitsPerSecond >>> exponent));
        out.writeInt((int) mediaSsrc);
    }

    /**
     * The head of an APP packet (RFC 3550 section 6.7); {@code dataBytes} bytes must follow.
     *
     * @param name      four ASCII characters
     * @param dataBytes a multiple of 4
     */
    public static void app(ByteBuf out, int subtype, long ssrc, CharSequence name, int dataBytes) {
        head(out, subtype, RtcpPacket.APP, 12 + dataBytes);
        out.writeInt((int) ssrc);
        for (int i = 0; i < 4; i++) {
            out.writeByte(name.charAt(i));
        }
    }

    private static void feedback(ByteBuf out, int format, int type, int bytes, long senderSsrc, long mediaSsrc) {
        head(out, format, type, bytes);
        out.writeInt((int) senderSsrc);
        out.writeInt((int) mediaSsrc);
    }

    private static void head(ByteBuf out, int count, int type, int bytes) {
        if (count > COUNT_MAX) {
            throw new IllegalArgumentException("more than 31 entries: " + count);
        }
        out.writeByte(0x80 | count);
        out.writeByte(type);
        out.writeShort(bytes / 4 - 1);
    }
}
