package dev.parley.rtp.packet;

import io.netty.buffer.ByteBuf;

/**
 * One RTP packet, read and rewritten in place (RFC 3550 section 5.1, header extensions of RFC 8285). Neither copies nor owns the buffer;
 * all offsets are absolute indexes of it. Not thread safe: each event loop keeps one and calls {@link #wrap} for every packet.
 *
 * <pre>byte 0: V=2(2) P(1) X(1) CC(4) | 1: M(1) PT(7) | 2-3: sequence | 4-7: timestamp | 8-11: SSRC | 12-: CC x CSRC(32)
 * then, when X: profile(16) length in words(16) | elements; then the payload; then, when P: padding, its last byte the count</pre>
 *
 * Accessors are only valid after a {@code wrap} that answered {@link Verdict#OK}.
 */
public final class RtpPacket {
    /** What is wrong with a packet; the caller counts it and drops the packet. */
    public enum Verdict {
        OK,
        TOO_SHORT,
        NOT_VERSION_2,
        CSRC_OVERRUN,
        EXTENSION_OVERRUN,
        PADDING_OVERRUN
    }

    public static final int FIXED_HEADER_BYTES = 12;
    /** Profile of one-byte extension headers (RFC 8285 section 4.2). */
    public static final int ONE_BYTE_PROFILE = 0xBEDE;
    /** Profile of two-byte extension headers (RFC 8285 section 4.3), low 4 bits are free for the application. */
    public static final int TWO_BYTE_PROFILE = 0x1000;

    private ByteBuf buf;
    private int base;
    private int end;
    private int headerBytes;
    private int extensionAt;
    private int extensionEnd;
    private int paddingBytes;
    private int foundLength;

    /** Looks at a whole plain packet: the readable bytes of the buffer. Indexes of the buffer are not moved. */
    public Verdict wrap(ByteBuf packet) {
        Verdict verdict = wrapHeader(packet);
        if (verdict != Verdict.OK || !padded()) {
            return verdict;
        }
        int payloadAndPadding = end - base - headerBytes;
        if (payloadAndPadding < 1) {
            return Verdict.PADDING_OVERRUN;
        }
        paddingBytes = packet.getUnsignedByte(end - 1);
        return paddingBytes == 0 || paddingBytes > payloadAndPadding ? Verdict.PADDING_OVERRUN : Verdict.OK;
    }

    /** Looks at the header only, as it must be done while the payload (and so the padding count) is encrypted. */
    public Verdict wrapHeader(ByteBuf packet) {
        buf = packet;
        base = packet.readerIndex();
        end = packet.writerIndex();
        paddingBytes = 0;
        extensionAt = 0;
        extensionEnd = 0;
        int bytes = end - base;
        if (bytes < FIXED_HEADER_BYTES) {
            return Verdict.TOO_SHORT;
        }
        int first = packet.getUnsignedByte(base);
        if (first >>> 6 != 2) {
            return Verdict.NOT_VERSION_2;
        }
        headerBytes = FIXED_HEADER_BYTES + 4 * (first & 0x0F);
        if (bytes < headerBytes) {
            return Verdict.CSRC_OVERRUN;
        }
        if ((first & 0x10) != 0) {
            if (bytes < headerBytes + 4) {
                return Verdict.EXTENSION_OVERRUN;
            }
            extensionAt = base + headerBytes + 4;
            headerBytes += 4 + 4 * packet.getUnsignedShort(base + headerBytes + 2);
            if (bytes < headerBytes) {
                return Verdict.EXTENSION_OVERRUN;
            }
            extensionEnd = base + headerBytes;
        }
        return Verdict.OK;
    }

    public ByteBuf buffer() {
        return buf;
    }

    /** Bytes of the whole packet. */
    public int length() {
        return end - base;
    }

    public boolean padded() {
        return (buf.getByte(base) & 0x20) != 0;
    }

    public boolean hasExtension() {
        return (buf.getByte(base) & 0x10) != 0;
    }

    public int csrcCount() {
        return buf.getByte(base) & 0x0F;
    }

    /** Unsigned 32 bits. @param index below {@link #csrcCount} */
    public long csrc(int index) {
        return buf.getUnsignedInt(base + FIXED_HEADER_BYTES + 4 * index);
    }

    public boolean marker() {
        return (buf.getByte(base + 1) & 0x80) != 0;
    }

    public RtpPacket marker(boolean value) {
        int old = buf.getByte(base + 1) & 0x7F;
        buf.setByte(base + 1, value ? old | 0x80 : old);
        return this;
    }

    /** 0 to 127. */
    public int payloadType() {
        return buf.getByte(base + 1) & 0x7F;
    }

    public RtpPacket payloadType(int value) {
        buf.setByte(base + 1, buf.getByte(base + 1) & 0x80 | value & 0x7F);
        return this;
    }

    /** Unsigned 16 bits; wraps from 65535 to 0. */
    public int sequence() {
        return buf.getUnsignedShort(base + 2);
    }

    public RtpPacket sequence(int value) {
        buf.setShort(base + 2, value);
        return this;
    }

    /** Unsigned 32 bits, in ticks of the payload's clock: 48 000 Hz for Opus, 90 000 Hz for video. */
    public long timestamp() {
        return buf.getUnsignedInt(base + 4);
    }

    public RtpPacket timestamp(long value) {
        buf.setInt(base + 4, (int) value);
        return this;
    }

    /** Unsigned 32 bits. */
    public long ssrc() {
        return buf.getUnsignedInt(base + 8);
    }

    public RtpPacket ssrc(long value) {
        buf.setInt(base + 8, (int) value);
        return this;
    }

    /** Bytes before the payload: fixed header, CSRCs and extensions. */
    public int headerLength() {
        return headerBytes;
    }

    /** Index of the first payload byte. */
    public int payloadOffset() {
        return base + headerBytes;
    }

    /** Bytes of payload without the padding. */
    public int payloadLength() {
        return end - base - headerBytes - paddingBytes;
    }

    /** Bytes of padding with its count; 0 when there is none. Only known after {@link #wrap}. */
    public int paddingLength() {
        return paddingBytes;
    }

    /** The 16 bits "defined by profile" of the extension; -1 when there is none. */
    public int extensionProfile() {
        return hasExtension() ? buf.getUnsignedShort(extensionAt - 4) : -1;
    }

    /** Index of the first byte after the extension's 4-byte head. Only with {@link #hasExtension}. */
    public int extensionsOffset() {
        return extensionAt;
    }

    /** Bytes of all elements with their padding; 0 without extension. */
    public int extensionsLength() {
        return extensionEnd - extensionAt;
    }

    /**
     * Index of the data of the extension element with this id, -1 when there is none; then {@link #extensionLength} is its length in bytes.
     * An element that runs past the end of the block ends the search, as RFC 8285 says for id 15.
     */
    public int extensionOffset(int id) {
        foundLength = 0;
        int profile = extensionProfile();
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(id);
        }
        return profile >= 0 && (profile & 0xFFF0) == TWO_BYTE_PROFILE ? findTwoByte(id) : -1;
    }

    /** Bytes of the element that the last {@link #extensionOffset} found; 0 when it found none (or an empty two-byte element). */
    public int extensionLength() {
        return foundLength;
    }

    private int findOneByte(int id) {
        int at = extensionAt;
        while (at < extensionEnd) {
            int head = buf.getUnsignedByte(at++);
            if (head == 0) {
                continue; // padding between elements
            }
            int length = (head & 0x0F) + 1;
            if (head >>> 4 == 15 || at + length > extensionEnd) {
                return -1;
            }
            if (head >>> 4 == id) {
                foundLength = length;
                return at;
            }
            at += length;
        }
        return -1;
    }

    private int findTwoByte(int id) {
        int at = extensionAt;
        while (at + 1 < extensionEnd) {
            int elementId = buf.getUnsignedByte(at++);
            if (elementId == 0) {
                continue;
            }
            int length = buf.getUnsignedByte(at++);
            if (at + length > extensionEnd) {
                return -1;
            }
            if (elementId == id) {
                foundLength = length;
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** Appends a fixed header without CSRC, extension or padding. */
    public static void writeHeader(
            ByteBuf out, int payloadType, boolean marker, int sequence, long timestamp, long ssrc) {
        out.writeByte(0x80);
        out.writeByte(payloadType & 0x7F | (marker ? 0x80 : 0));
        out.writeShort(sequence);
        out.writeInt((int) timestamp);
        out.writeInt((int) ssrc);
    }
}
