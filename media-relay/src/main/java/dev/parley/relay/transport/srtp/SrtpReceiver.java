package dev.parley.relay.transport.srtp;

import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;

/** Takes the protection off what one peer sends. Streams are remembered once a packet of them was authentic, up to a cap. One thread. */
public final class SrtpReceiver implements AutoCloseable {
    /** Of one packet; only with OK is its content plain and to be trusted. */
    public enum Verdict {
        OK,
        /** Too short, too long or without a readable header. */
        MALFORMED,
        BAD_AUTH,
        /** Came before, or is too old to tell. */
        REPLAYED,
        SSRC_LIMIT
    }

    /** SSRCs of one peer; about 150 bytes each. Not evicted: forgetting a stream would let its packets be replayed. */
    public static final int STREAMS_MAX = 1024;

    private final SrtpCipher cipher;
    private final SsrcTable streams = new SsrcTable(STREAMS_MAX);
    private final RtpPacket header = new RtpPacket();

    public SrtpReceiver(SrtpCipher cipher) {
        this.cipher = cipher;
    }

    /** Decrypts the readable bytes in place; the writer index then ends the plain packet. */
    public Verdict rtp(ByteBuf packet) {
        if (packet.readableBytes() > SrtpCipher.PACKET_BYTES_MAX
                || header.wrapHeader(packet) != RtpPacket.Verdict.OK
                || packet.readableBytes() < header.headerLength() + cipher.tagBytes()) {
            return Verdict.MALFORMED;
        }
        int ssrc = (int) header.ssrc();
        SrtpStream known = streams.get(ssrc);
        if (known == null && streams.isFull()) {
            return Verdict.SSRC_LIMIT;
        }
        SrtpStream stream = known == null ? new SrtpStream(ssrc) : known;
        long index = stream.index(header.sequence());
        if (index < 0 || !stream.rtp.isNew(index)) {
            return Verdict.REPLAYED;
        }
        if (!cipher.unprotectRtp(packet, header.headerLength(), ssrc, index)) {
            return Verdict.BAD_AUTH;
        }
        stream.rtp.accept(index);
        if (known == null) {
            streams.put(stream);
        }
        return Verdict.OK;
    }

    /** Like {@link #rtp} for a compound. */
    public Verdict rtcp(ByteBuf packet) {
        int bytes = packet.readableBytes();
        if (bytes > SrtpCipher.PACKET_BYTES_MAX
                || bytes < SrtpCipher.RTCP_HEADER_BYTES + SrtpCipher.RTCP_INDEX_BYTES + cipher.tagBytes()) {
            return Verdict.MALFORMED;
        }
        int ssrc = packet.getInt(packet.readerIndex() + 4);
        SrtpStream known = streams.get(ssrc);
        if (known == null && streams.isFull()) {
            return Verdict.SSRC_LIMIT;
        }
        SrtpStream stream = known == null ? new SrtpStream(ssrc) : known;
        int index = cipher.rtcpIndex(packet);
        if (!stream.rtcp.isNew(index)) {
            return Verdict.REPLAYED;
        }
        if (!cipher.unprotectRtcp(packet, ssrc)) {
            return Verdict.BAD_AUTH;
        }
        stream.rtcp.accept(index);
        if (known == null) {
            streams.put(stream);
        }
        return Verdict.OK;
    }

    /** SSRCs seen. */
    public int streams() {
        return streams.size();
    }

    /** Closes the cipher, which it owns. */
    @Override
    public void close() {
        cipher.close();
    }
}
