package dev.parley.account.domain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The MRTC signature: {@code bizName + appId + workspaceId + uid + expireTime} (UTF-8, no separators; the time is 13 digits of epoch
 * milliseconds) under RSA with PKCS#1 v1.5 block type 1 padding and no digest (RFC 2313 section 8.1), in Base64. It carries its own
 * expiry: the verifier recovers the text. Pure and stateless; any thread.
 */
public final class MrtcSignature {
    /** The console's longest choice. */
    public static final long LIFE_MAX_MS = 7L * 24 * 60 * 60 * 1000;
    /** A signer's clock may be ahead of ours by this much. */
    public static final long SLACK_MS = 5 * 60 * 1000;
    /** {@code 00 01}, at least eight {@code FF}, {@code 00}. */
    public static final int PADDING_BYTES_MIN = 11;

    /** Without separators, only a fixed count of digits keeps uid {@code test12} from passing with a signature for {@code test1234}. */
    public static final int EXPIRY_DIGITS = 13;

    private static final int FILL_BYTES_MIN = 8;

    /** Why a signature was refused: for the log, never for the client. */
    public enum Reason {
        NOT_BASE64,
        WRONG_LENGTH,
        NOT_BELOW_MODULUS,
        BAD_PADDING,
        OTHER_TEXT,
        NO_EXPIRY,
        EXPIRED,
        /** The application has no key that is active. */
        NO_KEY,
        /** Of an SM2 signature: it is not that of the text under the key. */
        NOT_BY_KEY,
        TOO_FAR_AHEAD
    }

    /** What became of a check. */
    public sealed interface Verdict {
        /** {@code expiresAtMs}: epoch milliseconds, from the signed text. */
        record Good(long expiresAtMs) implements Verdict {}

        record Bad(Reason reason) implements Verdict {}
    }

    private MrtcSignature() {}

    /** All of the signed text but the expiry. */
    public static byte[] subject(String bizName, String appId, String workspaceId, String uid) {
        return (bizName + appId + workspaceId + uid).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a text with this subject fits in one block of the key; if not, no signature for it can exist. */
    public static boolean fits(RSAPublicKey key, byte[] subject) {
        return subject.length + EXPIRY_DIGITS + PADDING_BYTES_MIN <= modulusBytes(key);
    }

    /**
     * @param subject   see {@link #subject}
     * @param signature standard Base64 with padding, no line breaks
     * @param nowMs     epoch milliseconds
     */
    public static Verdict check(RSAPublicKey key, byte[] subject, String signature, long nowMs) {
        return check(key, subject, signature, nowMs, LIFE_MAX_MS);
    }

    /** @param lifeMaxMs a signature that ends later than this from now is refused */
    public static Verdict check(RSAPublicKey key, byte[] subject, String signature, long nowMs, long lifeMaxMs) {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new Verdict.Bad(Reason.NOT_BASE64);
        }
        int blockBytes = modulusBytes(key);
        if (raw.length != blockBytes) return new Verdict.Bad(Reason.WRONG_LENGTH);
        var number = new BigInteger(1, raw);
        if (number.compareTo(key.getModulus()) >= 0) return new Verdict.Bad(Reason.NOT_BELOW_MODULUS);
        byte[] block = fixedLength(number.modPow(key.getPublicExponent(), key.getModulus()), blockBytes);
        int textAt = textStart(block);
        if (textAt < 0) return new Verdict.Bad(Reason.BAD_PADDING);
        return checkText(block, textAt, subject, nowMs, lifeMaxMs);
    }

    private static Verdict checkText(byte[] block, int textAt, byte[] subject, long nowMs, long lifeMaxMs) {
        int digitsAt = textAt + subject.length;
        // The length is no secret: it is what the caller asked for plus 13, or the text is another one.
        if (block.length - digitsAt != EXPIRY_DIGITS) return new Verdict.Bad(Reason.OTHER_TEXT);
        if (!MessageDigest.isEqual(Arrays.copyOfRange(block, textAt, digitsAt), subject)) {
            return new Verdict.Bad(Reason.OTHER_TEXT);
        }
        long expiresAtMs = 0;
        for (int i = digitsAt; i < block.length; i++) {
            int digit = block[i] - '0';
            if (digit < 0 || digit > 9) return new Verdict.Bad(Reason.NO_EXPIRY);
            expiresAtMs = expiresAtMs * 10 + digit;
        }
        return checkTime(expiresAtMs, nowMs, lifeMaxMs);
    }

    /** Of a signature that is right: whether its time is. */
    public static Verdict checkTime(long expiresAtMs, long nowMs, long lifeMaxMs) {
        if (expiresAtMs <= nowMs) return new Verdict.Bad(Reason.EXPIRED);
        if (expiresAtMs > nowMs + lifeMaxMs + SLACK_MS) return new Verdict.Bad(Reason.TOO_FAR_AHEAD);
        return new Verdict.Good(expiresAtMs);
    }

    /** Where the text begins after strict block type 1 padding, or -1. */
    private static int textStart(byte[] block) {
        if (block[0] != 0 || block[1] != 1) return -1;
        int at = 2;
        while (at < block.length && block[at] == (byte) 0xFF) at++;
        if (at - 2 < FILL_BYTES_MIN || at == block.length || block[at] != 0) return -1;
        return at + 1;
    }

    private static int modulusBytes(RSAPublicKey key) {
        return (key.getModulus().bitLength() + 7) / 8;
    }

    private static byte[] fixedLength(BigInteger number, int length) {
        byte[] bytes = number.toByteArray(); // may have a leading zero for the sign, or be short
        byte[] out = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, out, length - copied, copied);
        return out;
    }
}
