package dev.parley.account.domain;

/**
 * One ES256 key of the token ring, without its secret.
 *
 * @param kid         id in JWT headers and in the key set
 * @param createdAtMs when it was published, epoch milliseconds
 * @param signsFromMs from when on it signs, epoch milliseconds; {@link #STANDBY} while it only waits
 */
public record SigningKey(String kid, long createdAtMs, long signsFromMs) {
    /** Published, and not yet appointed to sign. */
    public static final long STANDBY = Long.MAX_VALUE;

    public boolean standby() {
        return signsFromMs == STANDBY;
    }

    public SigningKey signingFrom(long ms) {
        return new SigningKey(kid, createdAtMs, ms);
    }
}
