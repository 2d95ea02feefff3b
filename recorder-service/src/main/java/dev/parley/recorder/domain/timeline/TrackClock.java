package dev.parley.recorder.domain.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * From RTP timestamps of one track to times. Two ways: by arrival (the packets that were least late tell the offset), and by the publisher's
 * sender reports (RFC 3550 section 6.4.1), which tie the clocks of one publisher's audio and video together. Neither drifts: the offset
 * follows what the clocks lose against the relay's. Not thread safe.
 */
final class TrackClock {
    /** One sender report a second for half a day; later ones are not needed to be right. */
    private static final int REPORTS_MAX = 50_000;

    private record Report(long ticks, long ntpUs) {}

    private final int clockRate;
    private final List<Report> reports = new ArrayList<>();
    private boolean started;
    private long lastTicks;
    private final DriftLine.Stretches arrivals = new DriftLine.Stretches();
    private DriftLine byArrival;
    private int cursor;

    TrackClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Makes a 32-bit timestamp a steady count; the same calls in the same order give the same counts. */
    long unwrap(long timestamp) {
        if (!started) {
            started = true;
            lastTicks = timestamp;
            return timestamp;
        }
        lastTicks = near(timestamp);
        return lastTicks;
    }

    private long near(long timestamp) {
        return lastTicks + (int) (timestamp - lastTicks);
    }

    /** First pass: a packet arrived. */
    void arrived(long ticks, long atUs) {
        arrivals.add(nominalUs(ticks), atUs - nominalUs(ticks));
    }

    /** First pass: a report came. One from before the first packet cannot be placed and is left out. */
    void reported(long rtpTimestamp, long ntpTime) {
        if (!started || ntpTime == 0 || reports.size() >= REPORTS_MAX) return;
        long ntpUs = (ntpTime >>> 32) * 1_000_000 + ((ntpTime & 0xFFFFFFFFL) * 1_000_000 >>> 32);
        long ticks = near(rtpTimestamp);
        if (!reports.isEmpty() && ticks <= reports.getLast().ticks) return;
        reports.add(new Report(ticks, ntpUs));
    }

    boolean hasReports() {
        return !reports.isEmpty();
    }

    /** What to add to {@link #publisherUs} to get the time of arrival, as this track alone has it. Only with reports and packets. */
    List<DriftLine.Point> publisherOffsets() {
        var offsets = new ArrayList<DriftLine.Point>();
        for (DriftLine.Point arrival : arrivals.points()) {
            long publisherUs = publisherUs(ticks(arrival.timeUs()));
            offsets.add(new DriftLine.Point(publisherUs, arrival.timeUs() + arrival.lateUs() - publisherUs));
        }
        return offsets;
    }

    /** Time by arrival. */
    long byArrivalUs(long ticks) {
        if (byArrival == null) byArrival = DriftLine.below(arrivals.points());
        long nominalUs = nominalUs(ticks);
        return nominalUs + byArrival.at(nominalUs);
    }

    private long ticks(long nominalUs) {
        return Math.ceilDiv(nominalUs * clockRate, 1_000_000);
    }

    /** The publisher's NTP clock at this timestamp, from the newest report before it (the first one for what is earlier). */
    long publisherUs(long ticks) {
        while (cursor > 0 && reports.get(cursor).ticks > ticks) cursor--;
        while (cursor + 1 < reports.size() && reports.get(cursor + 1).ticks <= ticks) cursor++;
        Report report = reports.get(cursor);
        return report.ntpUs + nominalUs(ticks - report.ticks);
    }

    private long nominalUs(long ticks) {
        return Math.floorDiv(ticks * 1_000_000, clockRate);
    }

    /** Before the second pass unwraps the same packets again. */
    void rewind() {
        started = false;
        cursor = 0;
    }
}
