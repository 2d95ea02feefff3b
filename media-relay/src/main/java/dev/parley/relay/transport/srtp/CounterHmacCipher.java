package dev.parley.relay.transport.srtp;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128 in counter mode with HMAC-SHA1-80 (RFC 3711 sections 4.1.1 and 4.2.1), with the JDK's cipher.
 *
 * <pre>SRTP:  header | ciphertext | tag(10)              tag over: header, ciphertext, ROC
 * SRTCP: head(8) | ciphertext | E, index | tag(10)   tag over: all before it</pre>
 */
final class CounterHmacCipher implements SrtpCipher {
    private static final int TAG_BYTES = 10;

    private final Cipher cipher;
    private final Mac rtpMac;
    private final Mac rtcpMac;
    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final byte[] iv = new byte[16];
    private final byte[] work = new byte[PACKET_BYTES_MAX + 64];
    private final byte[] tag = new byte[20];

    CounterHmacCipher(SrtpKeys keys) {
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            rtpMac = Mac.getInstance("HmacSHA1");
            rtpMac.init(new SecretKeySpec(keys.rtpAuth(), "HmacSHA1"));
            rtcpMac = Mac.getInstance("HmacSHA1");
            rtcpMac.init(new SecretKeySpec(keys.rtcpAuth(), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES-CTR or HmacSHA1", e);
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
        plain.getBytes(plain.readerIndex(), work, 0, bytes);
        crypt(rtpKey, rtpSalt, ssrc, index, headerBytes, bytes);
        GcmCipher.putInt(work, bytes, (int) (index >>> 16));
        sign(rtpMac, bytes + 4);
        target.writeBytes(work, 0, bytes).writeBytes(tag, 0, TAG_BYTES);
    }

    @Override
    public boolean unprotectRtp(ByteBuf packet, int headerBytes, int ssrc, long index) {
        int at = packet.readerIndex();
        int bytes = packet.readableBytes() - TAG_BYTES;
        packet.getBytes(at, work, 0, bytes);
        GcmCipher.putInt(work, bytes, (int) (index >>> 16));
        sign(rtpMac, bytes + 4);
        if (!matches(packet, at + bytes)) {
            return false;
        }
        crypt(rtpKey, rtpSalt, ssrc, index, headerBytes, bytes);
        packet.setBytes(at + headerBytes, work, headerBytes, bytes - headerBytes);
        packet.writerIndex(at + bytes);
        return true;
    }

    @Override
    public void protectRtcp(ByteBuf plain, int ssrc, int index, ByteBuf target) {
        int bytes = plain.readableBytes();
        plain.getBytes(plain.readerIndex(), work, 0, bytes);
        crypt(rtcpKey, rtcpSalt, ssrc, index, RTCP_HEADER_BYTES, bytes);
        GcmCipher.putInt(work, bytes, 0x8000_0000 | index);
        sign(rtcpMac, bytes + RTCP_INDEX_BYTES);
        target.writeBytes(work, 0, bytes + RTCP_INDEX_BYTES).writeBytes(tag, 0, TAG_BYTES);
    }

    @Override
    public boolean unprotectRtcp(ByteBuf packet, int ssrc) {
        int at = packet.readerIndex();
        int signed = packet.readableBytes() - TAG_BYTES;
        int bytes = signed - RTCP_INDEX_BYTES;
        packet.getBytes(at, work, 0, signed);
        sign(rtcpMac, signed);
        if (!matches(packet, at + signed)) {
            return false;
        }
        if (work[bytes] < 0) { // E: it is encrypted
            crypt(rtcpKey, rtcpSalt, ssrc, rtcpIndex(packet), RTCP_HEADER_BYTES, bytes);
            packet.setBytes(at + RTCP_HEADER_BYTES, work, RTCP_HEADER_BYTES, bytes - RTCP_HEADER_BYTES);
        }
        packet.writerIndex(at + bytes);
        return true;
    }

    @Override
    public int rtcpIndex(ByteBuf packet) {
        return packet.getInt(packet.writerIndex() - TAG_BYTES - RTCP_INDEX_BYTES) & 0x7FFF_FFFF;
    }

    /** XORs work[from, to) with the key stream of the IV: salt, SSRC at bytes 4 to 7, index at bytes 8 to 13, block counter. */
    private void crypt(SecretKeySpec key, byte[] salt, int ssrc, long index, int from, int to) {
        if (from == to) {
            return;
        }
        System.arraycopy(salt, 0, iv, 0, 14);
        iv[14] = 0;
        iv[15] = 0;
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> 24 - 8 * i);
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >>> 40 - 8 * i);
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv)); // both ways are the same XOR
            cipher.doFinal(work, from, to - from, work, from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR", e); // the buffer is large enough: cannot be
        }
    }

    private void sign(Mac mac, int bytes) {
        try {
            mac.update(work, 0, bytes);
            mac.doFinal(tag, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1", e);
        }
    }

    private boolean matches(ByteBuf packet, int tagAt) {
        int difference = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            difference |= tag[i] ^ packet.getByte(tagAt + i);
        }
        return difference == 0;
    }
}
