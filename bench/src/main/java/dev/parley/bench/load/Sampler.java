package dev.parley.bench.load;

import dev.parley.relay.transport.srtp.SrtpCipher;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decrypts a copy of a packet and reads its payload. On the load client's thread. */
final class Sampler {
    private final byte[] bytes = new byte[SrtpCipher.PACKET_BYTES_MAX];
    private final ByteBuf packet = Unpooled.wrappedBuffer(bytes);
    private final RtpPacket header = new RtpPacket();
    private final Payload payload = new Payload();

    /** What the packet carries; null when it is not authentic or not what a publisher wrote. Valid until the next call. */
    Payload open(SrtpCipher cipher, MemorySegment data, long at, int length, long index) {
        if (length > bytes.length) return null;
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, bytes, 0, length);
        packet.setIndex(0, length);
        if (header.wrapHeader(packet) != RtpPacket.Verdict.OK
                || length < header.headerLength() + cipher.tagBytes()
                || !cipher.unprotectRtp(packet, header.headerLength(), (int) header.ssrc(), index)
                || header.wrap(packet) != RtpPacket.Verdict.OK
                || !payload.read(packet, header.payloadOffset(), header.payloadLength())) {
            return null;
        }
        return payload;
    }
}
