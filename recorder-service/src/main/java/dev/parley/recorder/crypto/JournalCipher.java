package dev.parley.recorder.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** How journals are sealed. The code is in files: never reused or given another meaning. */
public enum JournalCipher {
    /** Not at all. */
    NONE(0, 0, "", ""),
    /** The JDK's own, with the processor's instructions for it. */
    AES_256_GCM(1, 32, "AES", "AES/GCM/NoPadding"),
    /** The national cipher (GB/T 32907), by BouncyCastle; slower by far. */
    SM4_GCM(2, 16, "SM4", "SM4/GCM/NoPadding");

    final int code;
    final int keyBytes;
    final String algorithm;
    private final String transformation;

    JournalCipher(int code, int keyBytes, String algorithm, String transformation) {
        this.code = code;
        this.keyBytes = keyBytes;
        this.algorithm = algorithm;
        this.transformation = transformation;
    }

    /** Null when there is none of this code. */
    static JournalCipher of(int code) {
        for (JournalCipher cipher : values()) if (cipher.code == code && cipher != NONE) return cipher;
        return null;
    }

    Cipher instance() {
        try {
            return this == SM4_GCM
                    ? Cipher.getInstance(transformation, National.PROVIDER)
                    : Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(transformation + " is not there", e);
        }
    }

    /** Loaded when it is first needed. */
    private static final class National {
        private static final Provider PROVIDER = new BouncyCastleProvider();
    }
}
