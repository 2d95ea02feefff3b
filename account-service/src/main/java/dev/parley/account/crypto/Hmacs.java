package dev.parley.account.crypto;

import dev.parley.account.domain.DynamicKey.Hash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.provider.digest.SM3;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Digests and keyed digests in lower-case hex. Stateless; any thread. */
public final class Hmacs {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Hmacs() {}

    /** RFC 2104 with SHA-256 or SM3. @param key used as UTF-8 text */
    public static String hmac(Hash hash, String key, String text) {
        try {
            var mac = hash == Hash.SM3 ? Mac.getInstance("HmacSM3", PROVIDER) : Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String digest(Hash hash, byte[] bytes) {
        try {
            MessageDigest digest = hash == Hash.SM3 ? new SM3.Digest() : MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lower-case hex of MD5, as CRVideo's clients send their secret. Not for anything else. */
    public static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether two texts are the same, in a time that does not tell where they differ. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** The key of an application's callbacks, as the recorder derives it (docs/recording.md). */
    public static String callbackKey(byte[] master, String bizName) {
        try {
            byte[] info = ("parley callback v1 " + bizName).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract().addIKM(master).thenExpand(info, 32)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }
}
