package dev.parley.relay.domain;

import dev.parley.rtp.packet.RtcpWriter;
import io.netty.buffer.ByteBuf;

/**
 * Loss, jitter and round trip data of one incoming stream, for its report block (RFC 3550 section 6.4.1, appendices A.3 and A.8). The report
 * tells what was lost on the way, though it was repaired: a retransmission is another stream (RFC 4588 section 4), and a publisher that heard of
 * no loss would go on sending too much.
 */
public final class ReceiveStatistics {
    private static final long NS_PER_S = 1_000_000_000L;

    private final int clockRate;
    private long first = -1;
    private long highest;
    private long received;
    private long repairs;
    private long expectedBefore;
    private long receivedBefore;
    private int lastTransit;
    private long jitter16;
    private long lastSr;
    private long lastSrAtNs;

    /** @param clockRate of the RTP timestamps, hertz */
    public ReceiveStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /**
     * @param extended  from {@link SequenceWindow}
     * @param timestamp RTP timestamp
     * @param repaired  a retransmission: says nothing about jitter
     */
    public void onPacket(long extended, long timestamp, long nowNs, boolean repaired) {
        received++;
        if (repaired) repairs++;
        if (first < 0) {
            first = extended;
            highest = extended;
            lastTransit = transit(timestamp, nowNs);
            return;
        }
        first = Math.min(first, extended);
        if (extended <= highest || repaired) {
            highest = Math.max(highest, extended);
            return;
        }
        highest = extended;
        int transit = transit(timestamp, nowNs); // may wrap: only the difference of two transits means anything
        jitter16 += Math.abs((long) (transit - lastTransit)) - (jitter16 + 8 >> 4);
        lastTransit = transit;
    }

    public void onSenderReport(long ntpTime, long nowNs) {
        lastSr = ntpTime >>> 16 & 0xFFFF_FFFFL;
        lastSrAtNs = nowNs;
    }

    /** True once there is something to report. */
    public boolean started() {
        return first >= 0;
    }

    /** Writes the report block and begins the next interval. */
    public void report(ByteBuf out, long ssrc, long nowNs) {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - repairs - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received - repairs;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        long delay = lastSr == 0 ? 0 : (nowNs - lastSrAtNs) * 65_536 / NS_PER_S;
        RtcpWriter.reportBlock(
                out, ssrc, fraction, lost() + (int) repairs, highest - 0x10000L, jitter(), lastSr, delay);
    }

    /** Packets that never came, not even again (so far); negative when duplicates outnumber them. */
    public int lost() {
        return (int) (expected() - received);
    }

    public long received() {
        return received;
    }

    /** Packets that came the first time they were sent. */
    public long arrived() {
        return received - repairs;
    }

    /** In ticks of the RTP clock. */
    public long jitter() {
        return jitter16 >> 4;
    }

    /** Packets that were sent, as far as is known. */
    public long expected() {
        return first < 0 ? 0 : highest - first + 1;
    }

    private int transit(long timestamp, long nowNs) {
        long seconds = nowNs / NS_PER_S; // in two parts, as nowNs * clockRate overflows after two days of uptime
        return (int) (seconds * clockRate + nowNs % NS_PER_S * clockRate / NS_PER_S - timestamp);
    }
}
