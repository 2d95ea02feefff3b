package dev.parley.master.domain;

/**
 * Whether silence means anything. A node may only be called lost by one who would have heard it: the link is proved whenever all that was
 * in the log at some instant has been read. A gap between proofs (broker away, this process stopped) starts the patience anew. Not
 * thread safe.
 */
public final class Link {
    /** Proofs further apart than this do not make one stretch. Proofs are attempted every half second. */
    public static final long GAP_MS = 1_500;

    private long lastProofMs = Long.MIN_VALUE / 2;
    private long upSinceMs = Long.MIN_VALUE / 2;

    /** At {@code nowMs} all has been read that was in the log at {@code asOfMs}, an earlier instant; both monotonic. */
    public void proved(long asOfMs, long nowMs) {
        if (asOfMs - lastProofMs > GAP_MS) upSinceMs = nowMs; // what was read until now may be old
        lastProofMs = Math.max(lastProofMs, asOfMs);
    }

    public boolean up(long nowMs) {
        return nowMs - lastProofMs <= GAP_MS;
    }

    /** Since when, on the monotonic clock, what is heard is no older than {@link #GAP_MS} and nothing is missed; meaningful while {@link #up}. */
    public long upSinceMs() {
        return upSinceMs;
    }
}
