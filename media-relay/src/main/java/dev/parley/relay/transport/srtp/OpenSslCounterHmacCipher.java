package dev.parley.relay.transport.srtp;

import static dev.parley.relay.transport.srtp.OpenSsl.check;

import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;

/** AES-128 in counter mode with HMAC-SHA1-80 (RFC 3711 sections 4.1.1 and 4.2.1) with OpenSSL. Layout as in {@link CounterHmacCipher}. */
final class OpenSslCounterHmacCipher extends NativeCipher {
    private static final int TAG_BYTES = 10;
    private static final int SHA1_BYTES = 20;

    private record Contexts(long rtp, long rtcp, long rtpMac, long rtcpMac) implements Runnable {
        static Contexts of(SrtpKeys keys) {
            return new Contexts(
                    OpenSsl.counterMode(keys.rtpKey()),
                    OpenSsl.counterMode(keys.rtcpKey()),
                    OpenSsl.hmacSha1(keys.rtpAuth()),
                    OpenSsl.hmacSha1(keys.rtcpAuth()));
        }

        @Override
        public void run() {
            OpenSsl.freeCipher(rtp);
            OpenSsl.freeCipher(rtcp);
            OpenSsl.freeMac(rtpMac);
            OpenSsl.freeMac(rtcpMac);
        }
    }

    private final Contexts contexts;

    OpenSslCounterHmacCipher(SrtpKeys keys) {
        this(keys, Contexts.of(keys));
    }

    private OpenSslCounterHmacCipher(SrtpKeys keys, Contexts contexts) {
        super(keys, contexts);
        this.contexts = contexts;
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public void protectRtp(ByteBuf plain, int headerBytes, int ssrc, long index, ByteBuf target) {
        int bytes = plain.readableBytes();
        long out = out(target, bytes + SHA1_BYTES);
        rtpIv(ssrc, index);
        crypt(contexts.rtp, in(plain) + headerBytes, out + headerBytes, bytes - headerBytes);
        written(plain, headerBytes, bytes, target);
        word((int) (index >>> 16));
        sign(contexts.rtpMac, signed(target, bytes), bytes, true);
        writeTag(target);
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean unprotectRtp(ByteBuf packet, int headerBytes, int ssrc, long index) {
        int plain = packet.readableBytes() - TAG_BYTES;
        rtpIv(ssrc, index);
        word((int) (index >>> 16));
        long in = in(packet);
        sign(contexts.rtpMac, in, plain, true);
        boolean authentic = matches(packet, packet.readerIndex() + plain);
        if (authentic) {
            crypt(contexts.rtp, in + headerBytes, in + headerBytes, plain - headerBytes);
            changed(packet, headerBytes, plain);
            packet.writerIndex(packet.readerIndex() + plain);
        }
        Reference.reachabilityFence(this);
        return authentic;
    }

    @Override
    public void protectRtcp(ByteBuf plain, int ssrc, int index, ByteBuf target) {
        int bytes = plain.readableBytes();
        long out = out(target, bytes + RTCP_INDEX_BYTES + SHA1_BYTES);
        rtcpIv(ssrc, index);
        crypt(contexts.rtcp, in(plain) + RTCP_HEADER_BYTES, out + RTCP_HEADER_BYTES, bytes - RTCP_HEADER_BYTES);
        written(plain, RTCP_HEADER_BYTES, bytes, target);
        target.writeInt(0x8000_0000 | index);
        sign(contexts.rtcpMac, signed(target, bytes + RTCP_INDEX_BYTES), bytes + RTCP_INDEX_BYTES, false);
        writeTag(target);
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean unprotectRtcp(ByteBuf packet, int ssrc) {
        int signed = packet.readableBytes() - TAG_BYTES;
        int plain = signed - RTCP_INDEX_BYTES;
        int word = packet.getInt(packet.readerIndex() + plain);
        rtcpIv(ssrc, word & 0x7FFF_FFFF);
        long in = in(packet);
        sign(contexts.rtcpMac, in, signed, false);
        boolean authentic = matches(packet, packet.readerIndex() + signed);
        if (authentic) {
            if (word < 0) { // E: it is encrypted
                crypt(contexts.rtcp, in + RTCP_HEADER_BYTES, in + RTCP_HEADER_BYTES, plain - RTCP_HEADER_BYTES);
                changed(packet, RTCP_HEADER_BYTES, plain);
            }
            packet.writerIndex(packet.readerIndex() + plain);
        }
        Reference.reachabilityFence(this);
        return authentic;
    }

    @Override
    public int rtcpIndex(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - TAG_BYTES - RTCP_INDEX_BYTES) & 0x7FFF_FFFF;
    }

    private void crypt(long ctx, long in, long out, int bytes) {
        if (bytes == 0) {
            return;
        }
        try {
            check((int) OpenSsl.ENCRYPT_INIT.invokeExact(ctx, 0L, 0L, 0L, iv()), "EVP_EncryptInit_ex");
            check((int) OpenSsl.ENCRYPT_UPDATE.invokeExact(ctx, out, length(), in, bytes), "EVP_EncryptUpdate");
        } catch (Throwable e) {
            throw OpenSsl.fault(e);
        }
    }

    private void sign(long ctx, long at, int bytes, boolean withWord) {
        try {
            check((int) OpenSsl.MAC_INIT.invokeExact(ctx, 0L, 0L, 0L), "EVP_MAC_init");
            check((int) OpenSsl.MAC_UPDATE.invokeExact(ctx, at, (long) bytes), "EVP_MAC_update");
            if (withWord) {
                check((int) OpenSsl.MAC_UPDATE.invokeExact(ctx, word(), 4L), "EVP_MAC_update");
            }
            check((int) OpenSsl.MAC_FINAL.invokeExact(ctx, tag(), length(), (long) SHA1_BYTES), "EVP_MAC_final");
        } catch (Throwable e) {
            throw OpenSsl.fault(e);
        }
    }

    /** Address of the last so many bytes of the target, to be signed. */
    private long signed(ByteBuf target, int bytes) {
        int reader = target.readerIndex();
        target.readerIndex(target.writerIndex() - bytes);
        long at = in(target);
        target.readerIndex(reader);
        return at;
    }

    private void writeTag(ByteBuf target) {
        for (int i = 0; i < TAG_BYTES; i++) {
            target.writeByte(tag(i));
        }
    }

    private boolean matches(ByteBuf packet, int tagAt) {
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= tag(i) ^ packet.getByte(tagAt + i);
        }
        return difference == 0;
    }

    /** RFC 3711 section 4.1.1: salt, XOR SSRC at bytes 4 to 7, XOR index at bytes 8 to 13, block counter 0. */
    private void rtpIv(int ssrc, long index) {
        iv(rtpSaltHigh ^ ssrc & 0xFFFF_FFFFL, rtpSaltLow ^ index << 16);
    }

    private void rtcpIv(int ssrc, int index) {
        iv(rtcpSaltHigh ^ ssrc & 0xFFFF_FFFFL, rtcpSaltLow ^ (long) index << 16);
    }
}
