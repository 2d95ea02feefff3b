package dev.parley.relay.transport.srtp;

import io.netty.buffer.ByteBuf;

/**
 * Encrypts or decrypts the packets of one direction under one set of session keys; knows neither streams nor replay. There is one on
 * OpenSSL and one on the JDK ({@link CipherProvider}). One thread at a time. Packets are at most {@link #PACKET_BYTES_MAX} bytes, which callers check.
 */
public interface SrtpCipher extends AutoCloseable {
    /** Longest packet, protected or not, in bytes. */
    int PACKET_BYTES_MAX = 2048;
    /** Bytes of the E flag and SRTCP index. */
    int RTCP_INDEX_BYTES = 4;
    /** Bytes of an RTCP packet that are never encrypted: head and sender SSRC. */
    int RTCP_HEADER_BYTES = 8;

    /** Bytes that protection adds to an RTP packet; RTCP grows by {@link #RTCP_INDEX_BYTES} more. */
    int tagBytes();

    /**
     * Appends the protected form to {@code out}. The plain buffer is not changed.
     *
     * @param headerBytes RTP header with CSRCs and extension, not encrypted
     * @param index       48-bit packet index: rollover counter (32), sequence (16)
     */
    void protectRtp(ByteBuf plain, int headerBytes, int ssrc, long index, ByteBuf out);

    /** Decrypts in place and cuts the tag off the writer index; false (content undefined) when the packet is not authentic. */
    boolean unprotectRtp(ByteBuf packet, int headerBytes, int ssrc, long index);

    /** Appends the protected form of a compound. @param index 31 bits, new for each packet */
    void protectRtcp(ByteBuf plain, int ssrc, int index, ByteBuf out);

    /** Decrypts in place and cuts off tag and index; false (content undefined) when the packet is not authentic. */
    boolean unprotectRtcp(ByteBuf packet, int ssrc);

    /** The SRTCP index that a packet carries: 31 bits. The packet is long enough for head, tag and index. */
    int rtcpIndex(ByteBuf packet);

    /** Gives back what lies outside the heap. The cipher must not be used afterwards. Safe to repeat. */
    @Override
    default void close() {}
}
