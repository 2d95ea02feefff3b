package dev.parley.recorder.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** A master key of the suite, from which each purpose has its own key by HKDF-SHA256 (RFC 5869). Thread safe. */
public final class MasterKey {
    public static final int ID_BYTES = 8;
    private static final int BYTES = 32;

    private final byte[] key;

    private MasterKey(byte[] key) {
        this.key = key;
    }

    /** @param base64 of 32 bytes; IllegalArgumentException when it is not */
    public static MasterKey of(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("PARLEY_MASTER_KEY must be 32 bytes in Base64", e);
        }
        if (key.length != BYTES) throw new IllegalArgumentException("PARLEY_MASTER_KEY must be 32 bytes in Base64");
        return new MasterKey(key);
    }

    /** Tells master keys apart and nothing about them: stands beside what was made with one, so that keys can be rotated. */
    public byte[] id() {
        return derived("parley master key id v1", ID_BYTES);
    }

    boolean is(byte[] id) {
        return MessageDigest.isEqual(id(), id);
    }

    /** @param purpose other text = other key */
    public byte[] derived(String purpose, int bytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }
}
