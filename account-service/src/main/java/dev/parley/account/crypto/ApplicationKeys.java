package dev.parley.account.crypto;

import dev.parley.account.domain.ApplicationKey.Algorithm;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Makes, reads and signs with applications' keys: RSA as MRTC-SIG-03 and 04 say, SM2 by {@link Sm2}. Stateless; any thread. */
public final class ApplicationKeys {
    /** 1024 bits could not hold a uid of 128 characters, and can be factored. */
    public static final int RSA_BITS_MIN = 2048;

    public static final int RSA_BITS_MAX = 4096;
    public static final int SM2_BITS = 256;

    /** A smaller exponent invites forgeries where a verifier is lax, a bigger one makes each check slow. */
    private static final BigInteger EXPONENT_MIN = BigInteger.valueOf(65_537);

    private static final int EXPONENT_BITS_MAX = 33;

    /** @param key one whose kind and size was checked */
    public record Public(Algorithm algorithm, int bits, PublicKey key) {
        public String base64() {
            return Base64.getEncoder().encodeToString(key.getEncoded());
        }
    }

    private ApplicationKeys() {}

    /** @param bits 2048, 3072 or 4096; of RSA only */
    public static KeyPair make(Algorithm algorithm, int bits) {
        if (algorithm == Algorithm.SM2) return Sm2.newPair();
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a public key that somebody brings. Errors: KEY_UNUSABLE.
     *
     * @param text X.509 SubjectPublicKeyInfo in Base64, with or without PEM lines
     */
    public static Public read(String text) {
        byte[] der;
        SubjectPublicKeyInfo info;
        try {
            der = Base64.getDecoder().decode(text.replaceAll("-----[A-Z ]+-----|\\s", ""));
            info = SubjectPublicKeyInfo.getInstance(der);
            der = info.getEncoded("DER");
        } catch (IOException | RuntimeException e) { // the parser of ASN.1 throws several kinds
            throw unusable("This is no public key in X.509 form.");
        }
        var kind = info.getAlgorithm();
        if (PKCSObjectIdentifiers.rsaEncryption.equals(kind.getAlgorithm())) return rsa(der);
        if (X9ObjectIdentifiers.id_ecPublicKey.equals(kind.getAlgorithm())
                && GMObjectIdentifiers.sm2p256v1.equals(kind.getParameters())) return sm2(der);
        throw unusable("The key is neither RSA nor SM2.");
    }

    /** One of ours, which was checked when it came. */
    public static PublicKey known(Algorithm algorithm, String base64) {
        byte[] der = Base64.getDecoder().decode(base64);
        return algorithm == Algorithm.RSA ? Keys.rsaPublic(der) : Sm2.publicKey(der);
    }

    /**
     * What the manual's sample makes of the text.
     *
     * @param text the signed text with its expiry, as short as the key allows
     * @param expiresAtMs the same expiry: SM2 cannot give the text back, so that it stands before the signature
     */
    public static String sign(Algorithm algorithm, byte[] pkcs8, String text, long expiresAtMs) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (algorithm == Algorithm.SM2) return Sm2.sign(pkcs8, bytes, expiresAtMs);
        try {
            var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return Base64.getEncoder().encodeToString(cipher.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    private static Public rsa(byte[] der) {
        RSAPublicKey key;
        try {
            key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw unusable("This is no RSA key.");
        }
        int bits = key.getModulus().bitLength();
        var exponent = key.getPublicExponent();
        if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) throw unusable("The key has " + bits + " bits.");
        if (!exponent.testBit(0)
                || !key.getModulus().testBit(0)
                || exponent.compareTo(EXPONENT_MIN) < 0
                || exponent.bitLength() > EXPONENT_BITS_MAX)
            throw unusable("The key's public exponent is not 65537 or near.");
        return new Public(Algorithm.RSA, bits, key);
    }

    private static Public sm2(byte[] der) {
        try {
            return new Public(Algorithm.SM2, SM2_BITS, Sm2.publicKey(der));
        } catch (IllegalArgumentException e) { // a point that is not on the curve
            throw unusable("This is no SM2 key.");
        }
    }

    private static RefusedException unusable(String why) {
        return new RefusedException(ErrorCode.KEY_UNUSABLE, why);
    }
}
