package dev.parley.relay.transport.srtp;

/** Whose ciphers encrypt media. Both give the same bytes; they differ in cost and in what must be there. */
public enum CipherProvider {
    /** libcrypto.so.3 through the FFM API: nothing allocated per packet. */
    OPENSSL,
    /** The JDK's: always there, allocates per packet. */
    JDK;

    /** OPENSSL where it can be loaded, else JDK. */
    public static CipherProvider best() {
        return OPENSSL.isAvailable() ? OPENSSL : JDK;
    }

    public boolean isAvailable() {
        return this == JDK || OpenSsl.UNAVAILABLE.isEmpty();
    }

    /** Why it is not available; "" when it is. */
    public String unavailable() {
        return this == JDK ? "" : OpenSsl.UNAVAILABLE;
    }

    SrtpCipher cipher(SrtpProfile profile, SrtpKeys keys) {
        return switch (this) {
            case OPENSSL -> profile.aead ? new OpenSslGcmCipher(keys) : new OpenSslCounterHmacCipher(keys);
            case JDK -> profile.aead ? new GcmCipher(keys) : new CounterHmacCipher(keys);
        };
    }
}
