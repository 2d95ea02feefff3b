package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/**
 * One packet of an RTCP compound, read in place (RFC 3550 section 6, RFC 4585, RFC 5104). Use {@link RtcpReader} to walk a compound.
 * Offsets are absolute indexes of the buffer. Not thread safe.
 *
 * <pre>byte 0: V=2(2) P(1) count or FMT(5) | 1: packet type | 2-3: length in words minus one | 4-7: SSRC of the sender | ...</pre>
 *
 * An accessor of one type of packet is only valid when {@link #kind} says that type: the reader has then checked that its fixed part is there.
 */
public final class RtcpPacket {
    public static final int SR = 200, RR = 201, SDES = 202, BYE = 203, APP = 204, RTPFB = 205, PSFB = 206, XR = 207;
    /** Bytes of one report block in SR and RR. */
    public static final int REPORT_BLOCK_BYTES = 24;

    private static final int REMB_NAME = 0x52454D42; // "REMB"

    /** What a packet is; UNKNOWN also stands for a known type whose fixed part is cut short. */
    public enum Kind {
        SENDER_REPORT,
        RECEIVER_REPORT,
        SDES,
        BYE,
        APP,
        NACK,
        TRANSPORT_CC,
        PLI,
        FIR,
        REMB,
        EXTENDED_REPORT,
        UNKNOWN
    }

    private ByteBuf buf;
    private int base;
    private int end;
    private int paddingBytes;
    private Kind kind = Kind.UNKNOWN;

    /** @param from index of the first byte; to: index after the last, as the length field says. Both are checked by the reader. */
    void set(ByteBuf buffer, int from, int to, int padding) {
        buf = buffer;
        base = from;
        end = to;
        paddingBytes = padding;
        kind = kindOf();
    }

    private Kind kindOf() {
        int bytes = end - base - paddingBytes;
        return switch (packetType()) {
            case SR -> bytes >= 28 + count() * REPORT_BLOCK_BYTES ? Kind.SENDER_REPORT : Kind.UNKNOWN;
            case RR -> bytes >= 8 + count() * REPORT_BLOCK_BYTES ? Kind.RECEIVER_REPORT : Kind.UNKNOWN;
            case SDES -> Kind.SDES;
            case BYE -> bytes >= 4 + count() * 4 ? Kind.BYE : Kind.UNKNOWN;
            case APP -> bytes >= 12 ? Kind.APP : Kind.UNKNOWN;
            case RTPFB -> bytes < 12 ? Kind.UNKNOWN : transportFeedback(bytes);
            case PSFB -> bytes < 12 ? Kind.UNKNOWN : payloadFeedback(bytes);
            case XR -> bytes >= 8 ? Kind.EXTENDED_REPORT : Kind.UNKNOWN;
            default -> Kind.UNKNOWN;
        };
    }

    private Kind transportFeedback(int bytes) {
        return switch (count()) {
            case 1 -> bytes >= 16 ? Kind.NACK : Kind.UNKNOWN;
            case 15 -> bytes >= 20 ? Kind.TRANSPORT_CC : Kind.UNKNOWN;
            default -> Kind.UNKNOWN;
        };
    }

    private Kind payloadFeedback(int bytes) {
        return switch (count()) {
            case 1 -> Kind.PLI;
            case 4 -> bytes >= 20 ? Kind.FIR : Kind.UNKNOWN;
            case 15 ->
                bytes >= 20 && buf.getInt(base + 12) == REMB_NAME && bytes >= 20 + 4 * rembSsrcCount()
                        ? Kind.REMB
                        : Kind.UNKNOWN;
            default -> Kind.UNKNOWN;
        };
    }

    public Kind kind() {
        return kind;
    }

    public ByteBuf buffer() {
        return buf;
    }

    public int offset() {
        return base;
    }

    /** Bytes with head and padding. */
    public int length() {
        return end - base;
    }

    /** Report or source count, or the FMT of a feedback packet: 0 to 31. */
    public int count() {
        return buf.getByte(base) & 0x1F;
    }

    /** 192 to 223. */
    public int packetType() {
        return buf.getUnsignedByte(base + 1);
    }

    /** SSRC in bytes 4 to 7, of the sender of all types but SDES and BYE (there: the first source, 0 when there is none). */
    public long senderSsrc() {
        return end - base >= 8 ? buf.getUnsignedInt(base + 4) : 0;
    }

    /** SSRC of the media source that a feedback packet is about; 0 in FIR, REMB. */
    public long mediaSsrc() {
        return buf.getUnsignedInt(base + 8);
    }

    /** Sender report: 64-bit NTP time, seconds since 1900 in the upper half. */
    public long ntpTime() {
        return buf.getLong(base + 8);
    }

    /** Sender report: RTP timestamp of the same instant, unsigned 32 bits. */
    public long rtpTimestamp() {
        return buf.getUnsignedInt(base + 16);
    }

    public long senderPacketCount() {
        return buf.getUnsignedInt(base + 20);
    }

    public long senderOctetCount() {
        return buf.getUnsignedInt(base + 24);
    }

    private int block(int index) {
        return base + (packetType() == SR ? 28 : 8) + index * REPORT_BLOCK_BYTES;
    }

    /** Report block: the source it is about. @param index below {@link #count} */
    public long reportSsrc(int index) {
        return buf.getUnsignedInt(block(index));
    }

    /** Report block: share lost since the last report, in 1/256. */
    public int fractionLost(int index) {
        return buf.getUnsignedByte(block(index) + 4);
    }

    /** Report block: packets lost since the start; negative when there were more duplicates than losses. */
    public int cumulativeLost(int index) {
        return buf.getMedium(block(index) + 5);
    }

    /** Report block: cycles (16) and highest sequence number (16). */
    public long extendedHighestSequence(int index) {
        return buf.getUnsignedInt(block(index) + 8);
    }

    /** Report block: interarrival jitter in ticks of the RTP clock. */
    public long jitter(int index) {
        return buf.getUnsignedInt(block(index) + 12);
    }

    /** Report block: middle 32 bits of the NTP time of the last sender report; 0 = none arrived. */
    public long lastSenderReport(int index) {
        return buf.getUnsignedInt(block(index) + 16);
    }

    /** Report block: time since that report, in 1/65536 s. */
    public long delaySinceLastSenderReport(int index) {
        return buf.getUnsignedInt(block(index) + 20);
    }

    /** NACK: number of (PID, BLP) pairs. */
    public int nackCount() {
        return (end - paddingBytes - base - 12) / 4;
    }

    /** NACK: first lost sequence number of a pair. */
    public int nackPid(int index) {
        return buf.getUnsignedShort(base + 12 + 4 * index);
    }

    /** NACK: bit i says that PID + i + 1 is lost too. */
    public int nackBitmask(int index) {
        return buf.getUnsignedShort(base + 14 + 4 * index);
    }

    /** FIR: number of entries. */
    public int firCount() {
        return (end - paddingBytes - base - 12) / 8;
    }

    public long firSsrc(int index) {
        return buf.getUnsignedInt(base + 12 + 8 * index);
    }

    /** FIR: command sequence number, 0 to 255; a repeated one is a retransmission. */
    public int firSequence(int index) {
        return buf.getUnsignedByte(base + 16 + 8 * index);
    }

    /** REMB: bits per second that the receiver believes it can take; {@link Long#MAX_VALUE} when the field overflows. */
    public long rembBitsPerSecond() {
        int exponent = buf.getUnsignedByte(base + 17) >>> 2;
        long mantissa = (long) (buf.getUnsignedByte(base + 17) & 0x03) << 16 | buf.getUnsignedShort(base + 18);
        return mantissa != 0 && exponent > Long.numberOfLeadingZeros(mantissa) - 1
                ? Long.MAX_VALUE
                : mantissa << exponent;
    }

    public int rembSsrcCount() {
        return buf.getUnsignedByte(base + 16);
    }

    public long rembSsrc(int index) {
        return buf.getUnsignedInt(base + 20 + 4 * index);
    }

    /** BYE: a source that leaves. @param index below {@link #count} */
    public long byeSsrc(int index) {
        return buf.getUnsignedInt(base + 4 + 4 * index);
    }

    /** APP: four ASCII characters as a big-endian integer. */
    public int appName() {
        return buf.getInt(base + 8);
    }

    /** APP: index of the data. */
    public int appDataOffset() {
        return base + 12;
    }

    public int appDataLength() {
        return end - paddingBytes - base - 12;
    }

    /** Type-specific data after the two SSRCs of a feedback packet: index of its first byte. Its end is {@code offset() + length()}. */
    public int feedbackOffset() {
        return base + 12;
    }

    /** Index after the last byte of that data, without padding. */
    public int feedbackEnd() {
        return end - paddingBytes;
    }
}
