package dev.parley.account.domain;

/**
 * A sign-in that lasts: tokens are had for its SID until it is over or revoked.
 *
 * @param id      in tokens and lists; tells nothing about the SID, of which only a digest is kept
 * @param kind    how it began: password or docking
 * @param address of the client at sign-in
 * @param agent   the client's User-Agent at sign-in, "" when none
 */
public record Session(
        String id,
        long account,
        String kind,
        String address,
        String agent,
        long createdAtMs,
        long lastUsedAtMs,
        long endsAtMs) {
    /** A session nobody used for so long is over. */
    public static final long IDLE_MS = 12L * 60 * 60 * 1000;
    /** No session lives longer. */
    public static final long LIFE_MAX_MS = 30L * 24 * 60 * 60 * 1000;
    /** Of one account; the one unused for longest makes room. */
    public static final int PER_ACCOUNT_MAX = 50;

    /** When a session ends that was made and is used now. */
    public static long endsAtMs(long createdAtMs, long usedAtMs) {
        return Math.min(usedAtMs + IDLE_MS, createdAtMs + LIFE_MAX_MS);
    }
}
