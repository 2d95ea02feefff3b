package dev.parley.recorder.domain.timeline;

import dev.parley.rtp.framed.TrackEvent;

/** What the survey learnt of one track. Changed by the survey only; the second pass asks {@link #timeUs}. Not thread safe. */
public final class Track {
    private final Source source;
    private final TrackEvent info;
    final TrackClock clock;
    private long firstAtUs = Long.MAX_VALUE;
    private long lastAtUs = Long.MIN_VALUE;
    private long packets;
    private DriftLine byReport;

    Track(Source source, TrackEvent info) {
        this.source = source;
        this.info = info;
        this.clock = new TrackClock(info.clockRate());
    }

    public Source source() {
        return source;
    }

    public TrackEvent info() {
        return info;
    }

    public long packets() {
        return packets;
    }

    /** The person in whose place of the picture a track belongs: the same one who publishes the same source again is in the same place. */
    public String person() {
        var feed = info.feed();
        String who = feed.uid() == null || feed.uid().isEmpty() ? feed.participantId() : feed.uid();
        return who + "/" + feed.source() + "/" + feed.tag();
    }

    /** Whose clock the track's timestamps come from. */
    String publisher() {
        return source.epoch() + "/" + info.feed().participantId();
    }

    void arrived(long timestamp, long atUs) {
        long ticks = clock.unwrap(timestamp);
        clock.arrived(ticks, atUs);
        packets++;
        firstAtUs = Math.min(firstAtUs, atUs);
        lastAtUs = Math.max(lastAtUs, atUs);
    }

    long firstAtUs() {
        return firstAtUs;
    }

    long lastAtUs() {
        return lastAtUs;
    }

    /** @param offset from the publisher's clock to the relay's, the same for all tracks of the publisher */
    void placeByReport(DriftLine offset) {
        byReport = offset;
    }

    /** Second pass: the timestamps of the same packets in the same order as in the survey. */
    long unwrap(long timestamp) {
        return clock.unwrap(timestamp);
    }

    /** When what has this unwrapped timestamp was seen or heard: wall-clock microseconds. */
    public long timeUs(long ticks) {
        if (byReport == null) return clock.byArrivalUs(ticks);
        long publisherUs = clock.publisherUs(ticks);
        return publisherUs + byReport.at(publisherUs);
    }
}
