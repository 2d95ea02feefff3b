package dev.parley.recorder.domain.timeline;

import dev.parley.recorder.domain.plan.Span;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtcpPacket;
import dev.parley.rtp.packet.RtcpReader;
import dev.parley.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** First pass over a journal: which tracks there are, when the recording begins and ends, and how timestamps become times. */
public final class TimelineSurvey implements TapVisitor {
    /** Beyond it, tracks are ignored: no room has as many, and memory must have an end. */
    private static final int TRACKS_MAX = 4096;
    /** A sender report that places a track farther than this from where it arrived is not believed. */
    private static final long REPORT_TRUST_US = 2_000_000;

    private static final long NEVER = Long.MIN_VALUE;
    private static final int PAUSES_MAX = 10_000;

    private final Map<Source, Track> tracks = new LinkedHashMap<>();
    private final RtpPacket rtp = new RtpPacket();
    private final RtcpPacket rtcp = new RtcpPacket();
    private final RtcpReader reader = new RtcpReader();
    private final List<Span> pauses = new ArrayList<>();
    private long pausedAtUs = NEVER;
    private long stopUs = NEVER;
    private long ignored;

    @Override
    public void onTrack(int epoch, long atUs, TrackEvent event) {
        if (event.clockRate() <= 0 || event.kind() == null || event.codec() == null) return;
        var source = new Source(epoch, event.ssrc());
        if (tracks.size() < TRACKS_MAX) tracks.computeIfAbsent(source, s -> new Track(s, event));
    }

    @Override
    public void onRtp(int epoch, long atUs, ByteBuf packet) {
        if (rtp.wrap(packet) != RtpPacket.Verdict.OK) {
            ignored++;
            return;
        }
        Track track = tracks.get(new Source(epoch, rtp.ssrc()));
        if (track == null || rtp.payloadType() != track.info().payloadType()) {
            ignored++;
            return;
        }
        track.arrived(rtp.timestamp(), atUs);
    }

    @Override
    public void onRtcp(int epoch, long atUs, ByteBuf compound) {
        reader.wrap(compound);
        while (reader.next(rtcp)) {
            if (rtcp.kind() != RtcpPacket.Kind.SENDER_REPORT) continue;
            Track track = tracks.get(new Source(epoch, rtcp.senderSsrc()));
            if (track != null) track.clock.reported(rtcp.rtpTimestamp(), rtcp.ntpTime());
        }
    }

    @Override
    public void onPause(long atUs) {
        if (pausedAtUs == NEVER) pausedAtUs = atUs;
    }

    @Override
    public void onResume(long atUs) {
        if (pausedAtUs != NEVER && atUs > pausedAtUs && pauses.size() < PAUSES_MAX)
            pauses.add(new Span(pausedAtUs, atUs));
        pausedAtUs = NEVER;
    }

    @Override
    public void onStop(long atUs) {
        stopUs = Math.max(stopUs, atUs);
    }

    /** Packets that belong to no known track or cannot be read. */
    public long ignored() {
        return ignored;
    }

    /**
     * The whole, once the journal is read.
     *
     * @return null when no packet of any track was recorded
     */
    public Timeline finish() {
        List<Track> heard =
                tracks.values().stream().filter(t -> t.packets() > 0).toList();
        if (heard.isEmpty()) return null;
        placeByReports(heard);
        long startUs = heard.stream().mapToLong(Track::firstAtUs).min().getAsLong();
        long lastUs = heard.stream().mapToLong(Track::lastAtUs).max().getAsLong();
        var bySource = new LinkedHashMap<Source, Track>();
        for (Track track : heard) {
            track.clock.rewind();
            bySource.put(track.source(), track);
        }
        long endUs = pausedAtUs != NEVER ? pausedAtUs : stopUs == NEVER ? lastUs : stopUs;
        List<Span> inside = pauses.stream()
                .filter(pause -> pause.endUs() > startUs && pause.endUs() < endUs)
                .map(pause -> new Span(Math.max(startUs, pause.startUs()), pause.endUs()))
                .toList();
        return new Timeline(startUs, Math.max(startUs + 1000, endUs), inside, bySource);
    }

    /** All tracks of one publisher that can be believed share one offset, which follows the drift of their clock: that keeps lips and voice together. */
    private static void placeByReports(List<Track> heard) {
        Map<String, List<Track>> byPublisher = new HashMap<>();
        for (Track track : heard) {
            if (track.clock.hasReports())
                byPublisher
                        .computeIfAbsent(track.publisher(), _ -> new ArrayList<>())
                        .add(track);
        }
        for (List<Track> own : byPublisher.values()) {
            Map<Track, List<DriftLine.Point>> offsets = new HashMap<>();
            for (Track track : own) offsets.put(track, track.clock.publisherOffsets());
            long least = own.stream()
                    .mapToLong(track -> leastUs(offsets.get(track)))
                    .min()
                    .getAsLong();
            own.removeIf(track -> leastUs(offsets.get(track)) - least > REPORT_TRUST_US);
            var points = new ArrayList<DriftLine.Point>();
            for (Track track : own) points.addAll(offsets.get(track));
            for (Track track : own) track.placeByReport(DriftLine.below(points));
        }
    }

    private static long leastUs(List<DriftLine.Point> offsets) {
        return offsets.stream().mapToLong(DriftLine.Point::lateUs).min().getAsLong();
    }
}
