package dev.parley.account.domain;

/**
 * One of an application's key pairs. The private half is not here: only {@link ApplicationKeyStore} keeps it, sealed.
 *
 * @param publicKey   X.509 SubjectPublicKeyInfo (RFC 5280), Base64
 * @param hasPrivate  whether the pair was made here, so that temporary signatures can be made with it
 * @param expiresAtMs from then on its signatures are refused; {@link #NEVER}
 */
public record ApplicationKey(
        String id,
        String bizName,
        Algorithm algorithm,
        int bits,
        String publicKey,
        boolean hasPrivate,
        long createdAtMs,
        long expiresAtMs) {
    public enum Algorithm {
        /** The manual's (MRTC-SIG-04). */
        RSA,
        /** GB/T 32918 with SM3, the national-cryptography option. */
        SM2
    }

    public static final long NEVER = Long.MAX_VALUE;
    /** Of one application, expired ones too. */
    public static final int PER_APPLICATION_MAX = 8;

    public boolean activeAt(long nowMs) {
        return nowMs < expiresAtMs;
    }
}
