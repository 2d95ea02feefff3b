package dev.parley.account.crypto;

import dev.parley.account.domain.MrtcSignature;
import dev.parley.account.domain.MrtcSignature.Reason;
import dev.parley.account.domain.MrtcSignature.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The signature under the national cryptography (GB/T 32918 with SM3; our own form, since the manual names no algorithm, MRTC-AMB-07):
 * {@code SM2.<expireTime>.<Base64 of the DER signature>} over the same text as MRTC-SIG-01, signer's id "1234567812345678" (GM/T 0009). The
 * expiry stands in front because this signature does not give its text back. Stateless; any thread.
 */
public final class Sm2 {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Pattern FORM = Pattern.compile("SM2\\.([0-9]{13})\\.([A-Za-z0-9+/]{80,100}={0,2})");

    private Sm2() {}

    public static boolean isOne(String signature) {
        return signature.startsWith("SM2.");
    }

    static KeyPair newPair() {
        try {
            var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec("sm2p256v1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException when it is none */
    static PublicKey publicKey(byte[] x509) {
        try {
            return KeyFactory.getInstance("EC", PROVIDER).generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not an SM2 public key", e);
        }
    }

    static String sign(byte[] pkcs8, byte[] text, long expiresAtMs) {
        try {
            var signer = Signature.getInstance("SM3withSM2", PROVIDER);
            signer.initSign(KeyFactory.getInstance("EC", PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            signer.update(text);
            return "SM2." + expiresAtMs + "." + Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** As {@link MrtcSignature#check}. */
    public static Verdict check(PublicKey key, byte[] subject, String signature, long nowMs, long lifeMaxMs) {
        var form = FORM.matcher(signature);
        if (!form.matches()) return new Verdict.Bad(Reason.NOT_BASE64);
        var text = new ByteArrayOutputStream();
        text.writeBytes(subject);
        text.writeBytes(form.group(1).getBytes(StandardCharsets.US_ASCII));
        try {
            var verifier = Signature.getInstance("SM3withSM2", PROVIDER);
            verifier.initVerify(key);
            verifier.update(text.toByteArray());
            if (!verifier.verify(Base64.getDecoder().decode(form.group(2)))) return new Verdict.Bad(Reason.NOT_BY_KEY);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return new Verdict.Bad(Reason.NOT_BY_KEY);
        }
        return MrtcSignature.checkTime(Long.parseLong(form.group(1)), nowMs, lifeMaxMs);
    }
}
