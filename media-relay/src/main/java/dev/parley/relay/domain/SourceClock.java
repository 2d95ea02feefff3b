package dev.parley.relay.domain;

/**
 * The publisher's clock of one track by its last sender report (RFC 3550 section 6.4.1), carried on by the relay's own clock: so a report can be
 * made at any time, and NTP and RTP time in it belong together whatever the report's way took.
 */
final class SourceClock {
    private static final long NS_PER_S = 1_000_000_000L;

    private final int clockRate;
    private boolean known;
    private long ntp;
    private long rtp;
    private long atNs;

    SourceClock(int clockRate) {
        this.clockRate = clockRate;
    }

    void onSenderReport(long ntpTime, long rtpTimestamp, long nowNs) {
        ntp = ntpTime;
        rtp = rtpTimestamp;
        atNs = nowNs;
        known = true;
    }

    /** False before the first report. */
    boolean known() {
        return known;
    }

    /** 64-bit NTP time of the publisher. */
    long ntp(long nowNs) {
        long passed = nowNs - atNs;
        return ntp + (passed / NS_PER_S << 32) + (passed % NS_PER_S << 32) / NS_PER_S;
    }

    /** The publisher's RTP timestamp of the same instant, unsigned 32 bits. */
    long rtp(long nowNs) {
        long passed = nowNs - atNs;
        return rtp + passed / NS_PER_S * clockRate + passed % NS_PER_S * clockRate / NS_PER_S & 0xFFFF_FFFFL;
    }

    /** 64-bit NTP time of an RTP timestamp of this clock, which lies within 6 hours of the last report. */
    long ntpAt(long timestamp) {
        return ntp + ((long) (int) (timestamp - rtp) << 32) / clockRate;
    }

    /** The RTP timestamp of an NTP time that lies within 6 hours of the last report; unsigned 32 bits. */
    long rtpAt(long ntpTime) {
        return rtp + ((ntpTime - ntp) * clockRate + (1L << 31) >> 32) & 0xFFFF_FFFFL;
    }
}
