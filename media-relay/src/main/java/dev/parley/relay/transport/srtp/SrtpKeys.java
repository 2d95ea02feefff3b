package dev.parley.relay.transport.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session keys of one direction (RFC 3711 section 4.3, key derivation rate 0).
 *
 * @param rtpAuth empty for AEAD profiles, else 20 bytes
 */
record SrtpKeys(byte[] rtpKey, byte[] rtpAuth, byte[] rtpSalt, byte[] rtcpKey, byte[] rtcpAuth, byte[] rtcpSalt) {
    private static final int HMAC_SHA1_KEY_BYTES = 20;

    static SrtpKeys derive(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.masterKeyBytes || masterSalt.length != profile.masterSaltBytes) {
            throw new IllegalArgumentException("key or salt of the wrong length for " + profile);
        }
        int key = profile.masterKeyBytes; // session keys are as long
        int auth = profile.aead ? 0 : HMAC_SHA1_KEY_BYTES;
        int salt = profile.masterSaltBytes;
        return new SrtpKeys(
                derive(masterKey, masterSalt, 0, key),
                derive(masterKey, masterSalt, 1, auth),
                derive(masterKey, masterSalt, 2, salt),
                derive(masterKey, masterSalt, 3, key),
                derive(masterKey, masterSalt, 4, auth),
                derive(masterKey, masterSalt, 5, salt));
    }

    /** AES in counter mode over zeros; the label goes into byte 7 of the salt (padded with zeros to 14 bytes, RFC 7714 section 11). */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int bytes) {
        byte[] iv = Arrays.copyOf(masterSalt, 16);
        iv[7] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[bytes]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no AES counter mode", e);
        }
    }
}
