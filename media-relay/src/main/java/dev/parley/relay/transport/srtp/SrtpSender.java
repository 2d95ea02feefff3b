package dev.parley.relay.transport.srtp;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/**
 * Protects what goes to one peer. The rollover counter of each SSRC follows its sequence numbers. A packet with an SSRC and sequence number
 * sent before must be the same bytes: GCM must not see two texts under one nonce. One thread.
 */
public final class SrtpSender implements AutoCloseable {
    /** SSRCs of one direction; the relay itself chooses them. */
    public static final int STREAMS_MAX = 16_384;

    private final SrtpCipher cipher;
    private final SsrcTable streams = new SsrcTable(STREAMS_MAX);
    private final RtpPacket header = new RtpPacket();
    private int rtcpIndex; // one for all SSRCs: each stream then sees it grow, with gaps, which is allowed

    public SrtpSender(SrtpCipher cipher) {
        this.cipher = cipher;
    }

    /** Most bytes that protection adds to any packet. */
    public int overheadMax() {
        return cipher.tagBytes() + SrtpCipher.RTCP_INDEX_BYTES;
    }

    /** Appends the protected form of the readable bytes to {@code out}; false when it cannot be sent (no RTP, too long, too many SSRCs). */
    public boolean rtp(ByteBuf plain, ByteBuf out) {
        if (header.wrapHeader(plain) != RtpPacket.Verdict.OK
                || plain.readableBytes() + overheadMax() > SrtpCipher.PACKET_BYTES_MAX) {
            return false;
        }
        int ssrc = (int) header.ssrc();
        SrtpStream stream = streams.get(ssrc);
        if (stream == null) {
            if (streams.isFull()) {
                return false;
            }
            stream = new SrtpStream(ssrc);
            streams.put(stream);
        }
        long index = stream.index(header.sequence());
        if (index < 0) {
            return false; // before the first packet of the stream: the receiver could not place it either
        }
        stream.rtp.accept(index);
        cipher.protectRtp(plain, header.headerLength(), ssrc, index, out);
        return true;
    }

    /** Appends the protected form of a compound; false when it cannot be sent. */
    public boolean rtcp(ByteBuf plain, ByteBuf out) {
        int bytes = plain.readableBytes();
        if (bytes < SrtpCipher.RTCP_HEADER_BYTES || bytes + overheadMax() > SrtpCipher.PACKET_BYTES_MAX) {
            return false;
        }
        cipher.protectRtcp(plain, plain.getInt(plain.readerIndex() + 4), rtcpIndex, out);
        rtcpIndex = rtcpIndex + 1 & 0x7FFF_FFFF;
        return true;
    }

    /** Closes the cipher, which it owns. */
    @Override
    public void close() {
        cipher.close();
    }
}
