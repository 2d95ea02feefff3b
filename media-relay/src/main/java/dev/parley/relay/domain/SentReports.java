package dev.parley.relay.domain;

/** When the latest sender reports of one stream went out, to measure the round trip by the receiver's answers (RFC 3550 section 6.4.1, LSR and DLSR). */
final class SentReports {
    private static final int KEPT = 4;

    private final long[] middles = new long[KEPT];
    private final long[] sentNs = new long[KEPT];
    private int next;

    /** @param ntp 64-bit NTP time in the report */
    void onSent(long ntp, long nowNs) {
        middles[next] = ntp >>> 16 & 0xFFFF_FFFFL;
        sentNs[next] = nowNs;
        next = (next + 1) % KEPT;
    }

    /** Nanoseconds since the report that a receiver names by the middle 32 bits of its NTP time; -1 when it is none of the latest. */
    long sinceNs(long middle, long nowNs) {
        if (middle == 0) return -1;
        for (int i = 0; i < KEPT; i++) if (middles[i] == middle) return nowNs - sentNs[i];
        return -1;
    }
}
