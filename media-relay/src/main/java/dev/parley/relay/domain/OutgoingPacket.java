package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * Builds what goes out from what came in: the payload is laid once into a scratch buffer, then each subscriber's header is written in front of
 * it. One per room; what it answers is valid until its next call.
 * <pre>[ head room: header and extensions, right-aligned | OSN, RTX only (RFC 4588 section 4) | payload and padding ]</pre>
 */
final class OutgoingPacket {
    static final int PAYLOAD_BYTES_MAX = 1600;
    private static final int OSN_BYTES = 2;
    private static final int HEADROOM = 64;
    private static final int PAYLOAD_AT = HEADROOM + OSN_BYTES;
    private static final int MID_BYTES_MAX = 16;
    private static final int PADDING_BYTES = 255;
    /** One of a high dynamic range is longer, and needs two-byte headers: not passed on. */
    private static final int COLOR_SPACE_BYTES = 4;

    private static final long NONE = -1;

    private final ByteBuf buf;
    private int payloadBytes;
    private boolean marker;
    private boolean markerBefore;
    private boolean padded;
    private int audioLevel;
    private int orientation;
    private long colorSpace;
    private boolean filler;
    private int changedAt = -1;
    private int changedBytes;
    private int original;

    /** @param buf owned from now on, writable for {@link #capacity} bytes */
    OutgoingPacket(ByteBuf buf) {
        this.buf = buf;
    }

    static int capacity() {
        return PAYLOAD_AT + PAYLOAD_BYTES_MAX;
    }

    /** Takes payload, marker and the extensions that are passed on. False when the payload is too large. */
    boolean load(RtpPacket packet, HeaderExtensions ids) {
        payloadBytes = packet.payloadLength() + packet.paddingLength();
        if (payloadBytes > PAYLOAD_BYTES_MAX) return false;
        buf.setBytes(PAYLOAD_AT, packet.buffer(), packet.payloadOffset(), payloadBytes);
        filler = false;
        changedAt = -1;
        marker = markerBefore = packet.marker();
        padded = packet.padded();
        audioLevel = oneByte(packet, ids.audioLevel());
        orientation = oneByte(packet, ids.orientation());
        colorSpace = colorSpace(packet, ids.colorSpace());
        return true;
    }

    /** @param transport transport-wide sequence number; written when the extension is in use */
    ByteBuf compose(
            long ssrc, int payloadType, int sequence, long timestamp, HeaderExtensions ids, byte[] mid, int transport) {
        return head(PAYLOAD_AT, ssrc, payloadType, sequence, timestamp, ids, mid, transport);
    }

    /** The same as a retransmission (RFC 4588). @param original sequence number of the packet that was lost */
    ByteBuf composeRtx(
            long ssrc,
            int payloadType,
            int sequence,
            int original,
            long timestamp,
            HeaderExtensions ids,
            byte[] mid,
            int transport) {
        buf.setShort(HEADROOM, original);
        return head(HEADROOM, ssrc, payloadType, sequence, timestamp, ids, mid, transport);
    }

    /**
     * Until {@link #restore}: what is composed has another VP8 picture id.
     *
     * @param at        offset in the payload
     * @param wide      it has 15 bits
     * @param baseIndex TL0PICIDX, which follows it; -1 = none
     */
    void pictureId(int at, int id, boolean wide, int baseIndex) {
        changedAt = PAYLOAD_AT + at;
        changedBytes = (wide ? 2 : 1) + (baseIndex < 0 ? 0 : 1);
        for (int i = 0; i < changedBytes; i++) original = original << 8 | buf.getUnsignedByte(changedAt + i);
        if (wide) buf.setShort(changedAt, 0x8000 | id);
        else buf.setByte(changedAt, id);
        if (baseIndex >= 0) buf.setByte(changedAt + changedBytes - 1, baseIndex);
    }

    /** Until {@link #restore}: what is composed has one byte of padding and no payload, to fill a sequence number. */
    void filler() {
        filler = true;
        changedAt = PAYLOAD_AT;
        changedBytes = 1;
        original = buf.getUnsignedByte(PAYLOAD_AT);
        buf.setByte(PAYLOAD_AT, 1);
    }

    /** Until {@link #restore}: what is composed has the marker. */
    void mark() {
        marker = true;
    }

    /** As it was loaded. */
    void restore() {
        filler = false;
        marker = markerBefore;
        if (changedAt < 0) return;
        for (int i = changedBytes - 1; i >= 0; i--, original >>>= 8) buf.setByte(changedAt + i, original);
        changedAt = -1;
    }

    /** A packet of 255 bytes of padding and nothing else. Whatever was loaded is gone. */
    ByteBuf composePadding(
            long ssrc, int payloadType, int sequence, long timestamp, HeaderExtensions ids, byte[] mid, int transport) {
        filler = false;
        changedAt = -1;
        marker = markerBefore = false;
        padded = true;
        payloadBytes = PADDING_BYTES;
        audioLevel = orientation = -1;
        colorSpace = NONE;
        buf.setZero(PAYLOAD_AT, PADDING_BYTES - 1);
        buf.setByte(PAYLOAD_AT + PADDING_BYTES - 1, PADDING_BYTES);
        return head(PAYLOAD_AT, ssrc, payloadType, sequence, timestamp, ids, mid, transport);
    }

    void release() {
        buf.release();
    }

    private ByteBuf head(
            int bodyAt,
            long ssrc,
            int payloadType,
            int sequence,
            long timestamp,
            HeaderExtensions ids,
            byte[] mid,
            int transport) {
        boolean withMid = ids.mid() != 0 && mid.length > 0 && mid.length <= MID_BYTES_MAX;
        boolean withLevel = ids.audioLevel() != 0 && audioLevel >= 0;
        boolean withOrientation = ids.orientation() != 0 && orientation >= 0;
        boolean withColorSpace = ids.colorSpace() != 0 && colorSpace != NONE;
        boolean withTransport = ids.transportCc() != 0;
        int elements = (withMid ? 1 + mid.length : 0)
                + (withLevel ? 2 : 0)
                + (withOrientation ? 2 : 0)
                + (withColorSpace ? 1 + COLOR_SPACE_BYTES : 0)
                + (withTransport ? 3 : 0);
        int words = elements + 3 >> 2;
        int start = bodyAt - RtpPacket.FIXED_HEADER_BYTES - (words == 0 ? 0 : 4 + 4 * words);
        buf.setIndex(start, start);
        buf.writeByte(0x80 | (padded || filler ? 0x20 : 0) | (words > 0 ? 0x10 : 0));
        buf.writeByte(payloadType | (marker && !filler ? 0x80 : 0));
        buf.writeShort(sequence);
        buf.writeInt((int) timestamp);
        buf.writeInt((int) ssrc);
        if (words > 0) {
            buf.writeShort(RtpPacket.ONE_BYTE_PROFILE);
            buf.writeShort(words);
            if (withMid) buf.writeByte(ids.mid() << 4 | mid.length - 1).writeBytes(mid);
            if (withLevel) buf.writeByte(ids.audioLevel() << 4).writeByte(audioLevel);
            if (withOrientation) buf.writeByte(ids.orientation() << 4).writeByte(orientation);
            if (withColorSpace)
                buf.writeByte(ids.colorSpace() << 4 | COLOR_SPACE_BYTES - 1).writeInt((int) colorSpace);
            if (withTransport) buf.writeByte(ids.transportCc() << 4 | 1).writeShort(transport);
            buf.writeZero(4 * words - elements);
        }
        return buf.writerIndex(PAYLOAD_AT + (filler ? 1 : payloadBytes));
    }

    private static long colorSpace(RtpPacket packet, int id) {
        if (id == 0) return NONE;
        int at = packet.extensionOffset(id);
        return at < 0 || packet.extensionLength() != COLOR_SPACE_BYTES
                ? NONE
                : packet.buffer().getUnsignedInt(at);
    }

    private static int oneByte(RtpPacket packet, int id) {
        if (id == 0) return -1;
        int at = packet.extensionOffset(id);
        return at < 0 || packet.extensionLength() != 1 ? -1 : packet.buffer().getUnsignedByte(at);
    }
}
