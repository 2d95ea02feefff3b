package dev.parley.relay.transport.srtp;

/** The protection profiles that DTLS-SRTP may agree on (RFC 5764 section 4.1.2, RFC 7714 section 14.2), most wanted first. */
public enum SrtpProfile {
    SRTP_AEAD_AES_128_GCM(0x0007, 16, 12, true),
    SRTP_AEAD_AES_256_GCM(0x0008, 32, 12, true),
    SRTP_AES128_CM_HMAC_SHA1_80(0x0001, 16, 14, false);

    /** Number in the use_srtp extension. */
    public final int number;

    public final int masterKeyBytes;
    public final int masterSaltBytes;
    final boolean aead;

    SrtpProfile(int number, int masterKeyBytes, int masterSaltBytes, boolean aead) {
        this.number = number;
        this.masterKeyBytes = masterKeyBytes;
        this.masterSaltBytes = masterSaltBytes;
        this.aead = aead;
    }

    /** Null when the number is none of these. */
    public static SrtpProfile of(int number) {
        for (SrtpProfile profile : values()) {
            if (profile.number == number) {
                return profile;
            }
        }
        return null;
    }

    /** Bytes to export from DTLS: both sides' keys, then both sides' salts (RFC 5764 section 4.2). */
    public int exportBytes() {
        return 2 * (masterKeyBytes + masterSaltBytes);
    }

    /** A cipher for one direction; the caller closes it. */
    public SrtpCipher cipher(CipherProvider provider, byte[] masterKey, byte[] masterSalt) {
        return provider.cipher(this, SrtpKeys.derive(this, masterKey, masterSalt));
    }
}
