package dev.parley.relay.transport.srtp;

import static dev.parley.relay.transport.srtp.OpenSsl.check;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) with OpenSSL. A context per key and use, of which each packet sets the IV only. Layout as in
 * {@link GcmCipher}.
 */
final class OpenSslGcmCipher extends NativeCipher {
    private static final int TAG_BYTES = 16;

    /** Encryption and decryption contexts of RTP and RTCP; a direction uses one pair, the other costs 1 KiB. */
    private record Contexts(long sealRtp, long openRtp, long sealRtcp, long openRtcp) implements Runnable {
        static Contexts of(SrtpKeys keys) {
            return new Contexts(
                    OpenSsl.gcm(keys.rtpKey(), true),
                    OpenSsl.gcm(keys.rtpKey(), false),
                    OpenSsl.gcm(keys.rtcpKey(), true),
                    OpenSsl.gcm(keys.rtcpKey(), false));
        }

        @Override
        public void run() {
            OpenSsl.freeCipher(sealRtp);
            OpenSsl.freeCipher(openRtp);
            OpenSsl.freeCipher(sealRtcp);
            OpenSsl.freeCipher(openRtcp);
        }
    }

    private final Contexts contexts;

    OpenSslGcmCipher(SrtpKeys keys) {
        this(keys, Contexts.of(keys));
    }

    private OpenSslGcmCipher(SrtpKeys keys, Contexts contexts) {
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
        rtpIv(ssrc, index);
        long in = in(plain);
        long out = out(target, bytes + TAG_BYTES);
        seal(contexts.sealRtp, in, headerBytes, false, bytes, out);
        written(plain, headerBytes, bytes + TAG_BYTES, target);
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean unprotectRtp(ByteBuf packet, int headerBytes, int ssrc, long index) {
        int plain = packet.readableBytes() - TAG_BYTES;
        rtpIv(ssrc, index);
        boolean authentic = open(contexts.openRtp, in(packet), headerBytes, false, plain);
        changed(packet, headerBytes, plain);
        packet.writerIndex(packet.readerIndex() + plain);
        Reference.reachabilityFence(this);
        return authentic;
    }

    @Override
    public void protectRtcp(ByteBuf plain, int ssrc, int index, ByteBuf target) {
        int bytes = plain.readableBytes();
        rtcpIv(ssrc, index);
        word(0x8000_0000 | index);
        long in = in(plain);
        long out = out(target, bytes + TAG_BYTES + RTCP_INDEX_BYTES);
        seal(contexts.sealRtcp, in, RTCP_HEADER_BYTES, true, bytes, out);
        written(plain, RTCP_HEADER_BYTES, bytes + TAG_BYTES, target);
        target.writeInt(0x8000_0000 | index);
        Reference.reachabilityFence(this);
    }

    @Override
    public boolean unprotectRtcp(ByteBuf packet, int ssrc) {
        int plain = packet.readableBytes() - RTCP_INDEX_BYTES - TAG_BYTES;
        int word = packet.getInt(packet.writerIndex() - RTCP_INDEX_BYTES);
        // Unencrypted (RFC 7714 section 9.3): all of the packet is associated data, the ciphertext is the tag alone.
        int clear = word < 0 ? RTCP_HEADER_BYTES : plain;
        rtcpIv(ssrc, word & 0x7FFF_FFFF);
        word(word);
        boolean authentic = open(contexts.openRtcp, in(packet), clear, true, plain);
        changed(packet, clear, plain);
        packet.writerIndex(packet.readerIndex() + plain);
        Reference.reachabilityFence(this);
        return authentic;
    }

    @Override
    public int rtcpIndex(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - RTCP_INDEX_BYTES) & 0x7FFF_FFFF;
    }

    /** @param clear bytes that are associated data, followed by {@link #word()} if {@code withWord}; out may be in */
    private void seal(long ctx, long in, int clear, boolean withWord, int bytes, long out) {
        try {
            check((int) OpenSsl.ENCRYPT_INIT.invokeExact(ctx, 0L, 0L, 0L, iv()), "EVP_EncryptInit_ex");
            associate(OpenSsl.ENCRYPT_UPDATE, ctx, in, clear, withWord);
            if (bytes > clear) {
                check(
                        (int) OpenSsl.ENCRYPT_UPDATE.invokeExact(ctx, out + clear, length(), in + clear, bytes - clear),
                        "EVP_EncryptUpdate");
            }
            check((int) OpenSsl.ENCRYPT_FINAL.invokeExact(ctx, out + bytes, length()), "EVP_EncryptFinal_ex");
            check((int) OpenSsl.CIPHER_CTRL.invokeExact(ctx, OpenSsl.GET_TAG, TAG_BYTES, out + bytes), "GET_TAG");
        } catch (Throwable e) {
            throw OpenSsl.fault(e);
        }
    }

    /** In place; the tag lies behind. False when it is not right. */
    private boolean open(long ctx, long in, int clear, boolean withWord, int bytes) {
        try {
            check((int) OpenSsl.DECRYPT_INIT.invokeExact(ctx, 0L, 0L, 0L, iv()), "EVP_DecryptInit_ex");
            associate(OpenSsl.DECRYPT_UPDATE, ctx, in, clear, withWord);
            if (bytes > clear) {
                check(
                        (int) OpenSsl.DECRYPT_UPDATE.invokeExact(ctx, in + clear, length(), in + clear, bytes - clear),
                        "EVP_DecryptUpdate");
            }
            check((int) OpenSsl.CIPHER_CTRL.invokeExact(ctx, OpenSsl.SET_TAG, TAG_BYTES, in + bytes), "SET_TAG");
            return (int) OpenSsl.DECRYPT_FINAL.invokeExact(ctx, in + bytes, length()) == 1;
        } catch (Throwable e) {
            throw OpenSsl.fault(e);
        }
    }

    private void associate(MethodHandle update, long ctx, long in, int clear, boolean withWord) throws Throwable {
        check((int) update.invokeExact(ctx, 0L, length(), in, clear), "EVP_CipherUpdate");
        if (withWord) {
            check((int) update.invokeExact(ctx, 0L, length(), word(), RTCP_INDEX_BYTES), "EVP_CipherUpdate");
        }
    }

    /** RFC 7714 section 8.1: 00 00 SSRC(4) ROC(4) SEQ(2), XOR salt. */
    private void rtpIv(int ssrc, long index) {
        long high = (ssrc & 0xFFFF_FFFFL) << 16 | index >>> 32 & 0xFFFF;
        iv(high ^ rtpSaltHigh, index << 32 ^ rtpSaltLow);
    }

    /** RFC 7714 section 9.1: 00 00 SSRC(4) 00 00 index(4), XOR salt. */
    private void rtcpIv(int ssrc, int index) {
        iv((ssrc & 0xFFFF_FFFFL) << 16 ^ rtcpSaltHigh, (long) index << 32 ^ rtcpSaltLow);
    }
}
