package dev.parley.relay.transport.srtp;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEAD_AES_128_GCM and AEAD_AES_256_GCM (RFC 7714) with the JDK's cipher, whose parameter object is the one allocation per packet.
 *
 * <pre>SRTP:  header | ciphertext | tag(16)            AAD: header
 * SRTCP: head(8) | ciphertext | tag(16) | E, index   AAD: head, E and index</pre>
 */
final class GcmCipher implements SrtpCipher {
    private static final int TAG_BYTES = 16;

    private final Cipher rtp;
    private final Cipher rtcp;
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[12];
    private final byte[] lastIv = new byte[12]; // of the last encryption: the JDK refuses it twice in a row
    private final byte[] in = new byte[PACKET_BYTES_MAX + 64];
    private final byte[] out = new byte[PACKET_BYTES_MAX + 64];

    GcmCipher(SrtpKeys keys) {
        try {
            rtp = Cipher.getInstance("AES/GCM/NoPadding");
            rtcp = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-GCM", e);
        }
        rtpKey = new SecretKeySpec(keys.rtpKey(), "AES");
        rtcpKey = new SecretKeySpec(keys.rtcpKey(), "AES");
        rtpSalt = keys.rtpSalt();
        rtcpSalt = keys.rtcpSalt();
    }

    @Override
    public int tagBytes() {
        return TAG_BYTES;
    }

    @Override
    public void protectRtp(ByteBuf plain, int headerBytes, int ssrc, long index, ByteBuf target) {
        int bytes = plain.readableBytes();
        plain.getBytes(plain.readerIndex(), in, 0, bytes);
        rtpIv(ssrc, index);
        try {
            initToEncrypt(rtp, rtpKey);
            rtp.updateAAD(in, 0, headerBytes);
            int sealed = rtp.doFinal(in, headerBytes, bytes - headerBytes, out, 0);
            target.writeBytes(in, 0, headerBytes).writeBytes(out, 0, sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM", e); // buffers are large enough: cannot be
        }
    }

    @Override
    public boolean unprotectRtp(ByteBuf packet, int headerBytes, int ssrc, long index) {
        int at = packet.readerIndex();
        int bytes = packet.readableBytes();
        packet.getBytes(at, in, 0, bytes);
        rtpIv(ssrc, index);
        try {
            rtp.init(Cipher.DECRYPT_MODE, rtpKey, new GCMParameterSpec(8 * TAG_BYTES, iv));
            rtp.updateAAD(in, 0, headerBytes);
            int plain = rtp.doFinal(in, headerBytes, bytes - headerBytes, out, 0);
            packet.setBytes(at + headerBytes, out, 0, plain);
            packet.writerIndex(at + headerBytes + plain);
            return true;
        } catch (AEADBadTagException _) {
            return false; // the JDK has no other way to say it
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM", e);
        }
    }

    @Override
    public void protectRtcp(ByteBuf plain, int ssrc, int index, ByteBuf target) {
        int bytes = plain.readableBytes();
        plain.getBytes(plain.readerIndex(), in, 0, bytes);
        rtcpIv(ssrc, index);
        putInt(in, bytes, 0x8000_0000 | index);
        try {
            initToEncrypt(rtcp, rtcpKey);
            rtcp.updateAAD(in, 0, RTCP_HEADER_BYTES);
            rtcp.updateAAD(in, bytes, RTCP_INDEX_BYTES);
            int sealed = rtcp.doFinal(in, RTCP_HEADER_BYTES, bytes - RTCP_HEADER_BYTES, out, 0);
            target.writeBytes(in, 0, RTCP_HEADER_BYTES).writeBytes(out, 0, sealed);
            target.writeInt(0x8000_0000 | index);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM", e);
        }
    }

    @Override
    public boolean unprotectRtcp(ByteBuf packet, int ssrc) {
        int at = packet.readerIndex();
        int bytes = packet.readableBytes() - RTCP_INDEX_BYTES;
        packet.getBytes(at, in, 0, bytes + RTCP_INDEX_BYTES);
        boolean encrypted = in[bytes] < 0;
        // Unencrypted (RFC 7714 section 9.3): all of the packet is associated data, the ciphertext is the tag alone.
        int clear = encrypted ? RTCP_HEADER_BYTES : bytes - TAG_BYTES;
        rtcpIv(ssrc, rtcpIndex(packet));
        try {
            rtcp.init(Cipher.DECRYPT_MODE, rtcpKey, new GCMParameterSpec(8 * TAG_BYTES, iv));
            rtcp.updateAAD(in, 0, clear);
            rtcp.updateAAD(in, bytes, RTCP_INDEX_BYTES);
            int plain = rtcp.doFinal(in, clear, bytes - clear, out, 0);
            packet.setBytes(at + clear, out, 0, plain);
            packet.writerIndex(at + clear + plain);
            return true;
        } catch (AEADBadTagException _) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM", e);
        }
    }

    @Override
    public int rtcpIndex(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - RTCP_INDEX_BYTES) & 0x7FFF_FFFF;
    }

    /** A retransmission of the last packet has its nonce and (see MediaTransport) its bytes; the JDK wants another nonce in between. */
    private void initToEncrypt(Cipher cipher, SecretKeySpec key) throws GeneralSecurityException {
        if (Arrays.equals(iv, lastIv)) {
            byte[] unused = iv.clone();
            unused[0] ^= 1; // these bits are zero before the salt: no packet has this nonce
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, unused));
        }
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
        System.arraycopy(iv, 0, lastIv, 0, iv.length);
    }

    /** RFC 7714 section 8.1: 00 00 SSRC(4) ROC(4) SEQ(2), XOR salt. */
    private void rtpIv(int ssrc, long index) {
        iv[0] = rtpSalt[0];
        iv[1] = rtpSalt[1];
        for (int i = 0; i < 4; i++) {
            iv[2 + i] = (byte) (rtpSalt[2 + i] ^ ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] = (byte) (rtpSalt[6 + i] ^ index >>> 40 - 8 * i);
        }
    }

    /** RFC 7714 section 9.1: 00 00 SSRC(4) 00 00 index(4), XOR salt. */
    private void rtcpIv(int ssrc, int index) {
        System.arraycopy(rtcpSalt, 0, iv, 0, iv.length);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
            iv[8 + i] ^= (byte) (index >>> 24 - 8 * i);
        }
    }

    static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }
}
