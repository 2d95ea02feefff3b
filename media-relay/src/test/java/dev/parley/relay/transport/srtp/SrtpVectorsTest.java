package dev.parley.relay.transport.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes of the RFCs, and of libsrtp's own validation for the profile that the RFCs have no whole packet of. */
abstract class SrtpVectorsTest {
    private final CipherProvider provider;

    SrtpVectorsTest(CipherProvider provider) {
        this.provider = provider;
    }

    private static final byte[] MASTER_KEY = bytes("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static final byte[] MASTER_SALT = bytes("0EC675AD498AFEEBB6960B3AABE6");

    /** RFC 7714 section 16 and 17 give session keys, not master keys. */
    private static final SrtpKeys QUID_PRO_QUO = new SrtpKeys(
            bytes("000102030405060708090a0b0c0d0e0f"),
            new byte[0],
            bytes("51756964207072 6f2071756f"),
            bytes("000102030405060708090a0b0c0d0e0f"),
            new byte[0],
            bytes("51756964207072 6f2071756f"));

    private static final byte[] LONG_KEY = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final SrtpKeys LONG_KEYS =
            new SrtpKeys(LONG_KEY, new byte[0], QUID_PRO_QUO.rtpSalt(), LONG_KEY, new byte[0], QUID_PRO_QUO.rtcpSalt());

    @Test
    void derivesTheSessionKeysOfRfc3711AppendixB3() {
        var keys = SrtpKeys.derive(SrtpProfile.SRTP_AES128_CM_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);
        assertEquals("c61e7a93744f39ee10734afe3ff7a087", hex(keys.rtpKey()));
        assertEquals("30cbbc08863d8c85d49db34a9ae1", hex(keys.rtpSalt()));
        assertEquals("cebe321f6ff7716b6fd4ab49af256a156d38baa4", hex(keys.rtpAuth()));
    }

    @Test
    void protectsTheRtpPacketOfRfc7714Section16() {
        String plain = "8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573";
        String sealed = "8040f17b8041f8d35501a0b2"
                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce";
        roundTripRtp(
                provider.cipher(SrtpProfile.SRTP_AEAD_AES_128_GCM, QUID_PRO_QUO), plain, sealed, 0x5501a0b2, 0xf17b);
    }

    @Test
    void protectsTheRtpPacketOfRfc7714Section16WithAes256() {
        String plain = "8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e697320646976697361"
                + "20696e207061727465732074726573";
        String sealed = "8040f17b8041f8d35501a0b2"
                + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13";
        roundTripRtp(provider.cipher(SrtpProfile.SRTP_AEAD_AES_256_GCM, LONG_KEYS), plain, sealed, 0x5501a0b2, 0xf17b);
    }

    @Test
    void protectsTheRtcpPacketOfRfc7714Section17() {
        String plain = "81c8000d4d6172734e5450314e5450325254502000 00042a0000e9304c756e61"
                + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
        String sealed = "81c8000d4d617273"
                + "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                + "c84aa45896cf4d2fc5abf87245d9eade800005d4";
        roundTripRtcp(
                provider.cipher(SrtpProfile.SRTP_AEAD_AES_128_GCM, QUID_PRO_QUO), plain, sealed, 0x4d617273, 0x5d4);
    }

    @Test
    void protectsThePacketsOfLibsrtpsValidationWithAesCmAndHmacSha1() {
        var cipher = SrtpProfile.SRTP_AES128_CM_HMAC_SHA1_80.cipher(provider, MASTER_KEY, MASTER_SALT);
        roundTripRtp(
                cipher,
                "800f1234decafbadcafebabe" + "ab".repeat(16),
                "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
                0xcafebabe,
                0x1234);
        roundTripRtcp(
                cipher,
                "81c8000bcafebabe" + "ab".repeat(16),
                "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
                0xcafebabe,
                1);
    }

    private static void roundTripRtp(SrtpCipher cipher, String plain, String sealed, int ssrc, long index) {
        roundTripRtp(cipher, plain, sealed, ssrc, index, Unpooled.buffer());
        roundTripRtp(cipher, plain, sealed, ssrc, index, Unpooled.directBuffer());
    }

    private static void roundTripRtp(
            SrtpCipher cipher, String plain, String sealed, int ssrc, long index, ByteBuf out) {
        cipher.protectRtp(buf(plain), 12, ssrc, index, out);
        assertEquals(hex(bytes(sealed)), ByteBufUtil.hexDump(out));
        for (int i = 0; i < out.readableBytes(); i++) { // every byte is authenticated
            ByteBuf forged = out.copy();
            forged.setByte(i, forged.getByte(i) ^ 0x04);
            assertFalse(cipher.unprotectRtp(forged, 12, ssrc, index), "byte " + i);
            forged.release();
        }
        assertTrue(cipher.unprotectRtp(out, 12, ssrc, index));
        assertEquals(hex(bytes(plain)), ByteBufUtil.hexDump(out));
        out.release();
    }

    private static void roundTripRtcp(SrtpCipher cipher, String plain, String sealed, int ssrc, int index) {
        roundTripRtcp(cipher, plain, sealed, ssrc, index, Unpooled.buffer());
        roundTripRtcp(cipher, plain, sealed, ssrc, index, Unpooled.directBuffer());
    }

    private static void roundTripRtcp(
            SrtpCipher cipher, String plain, String sealed, int ssrc, int index, ByteBuf out) {
        cipher.protectRtcp(buf(plain), ssrc, index, out);
        assertEquals(hex(bytes(sealed)), ByteBufUtil.hexDump(out));
        for (int i = 0; i < out.readableBytes(); i++) {
            ByteBuf forged = out.copy();
            forged.setByte(i, forged.getByte(i) ^ 0x04);
            assertFalse(cipher.unprotectRtcp(forged, ssrc), "byte " + i);
            forged.release();
        }
        assertEquals(index, cipher.rtcpIndex(out));
        assertTrue(cipher.unprotectRtcp(out, ssrc));
        assertEquals(hex(bytes(plain)), ByteBufUtil.hexDump(out));
        out.release();
    }

    private static ByteBuf buf(String hex) {
        return Unpooled.wrappedBuffer(bytes(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
