package dev.parley.recorder.domain.timeline;

import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.payload.H264Depacketizer;
import dev.parley.rtp.payload.Vp8Depacketizer;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Second pass over a journal: gives the media of a surveyed time line to a sink. Call {@link #finish} at the end. */
public final class TimelineReader implements TapVisitor {
    private final Timeline timeline;
    private final Map<Source, TrackReader> readers = new HashMap<>();
    private final TreeSet<String> unsupported = new TreeSet<>();
    private final RtpPacket rtp = new RtpPacket();
    private final FilmTime film;
    private int pausesPast;
    private boolean paused;

    public TimelineReader(Timeline timeline, RunSink sink) {
        this.timeline = timeline;
        this.film = new FilmTime(sink, timeline.startUs());
        for (Track track : timeline.tracks().values()) {
            TrackReader reader = readerOf(track, film);
            if (reader == null) unsupported.add(track.info().codec());
            else readers.put(track.source(), reader);
        }
    }

    /** Codecs that are in the journal and not in the file. */
    public TreeSet<String> unsupported() {
        return unsupported;
    }

    public long lostPackets() {
        return readers.values().stream().mapToLong(TrackReader::lostPackets).sum();
    }

    @Override
    public void onRtp(int epoch, long atUs, ByteBuf packet) {
        if (rtp.wrap(packet) != RtpPacket.Verdict.OK) return;
        var source = new Source(epoch, rtp.ssrc());
        Track track = timeline.tracks().get(source);
        if (track == null || rtp.payloadType() != track.info().payloadType()) return;
        long ticks = track.unwrap(rtp.timestamp());
        TrackReader reader = readers.get(source);
        if (reader == null || paused) return;
        byte[] payload = new byte[rtp.payloadLength()];
        packet.getBytes(rtp.payloadOffset(), payload);
        reader.push(rtp.sequence(), atUs, new MediaPacket(ticks, rtp.marker(), payload));
    }

    @Override
    public void onTrack(int epoch, long atUs, TrackEvent event) {
        TrackReader reader = readers.get(new Source(epoch, event.ssrc()));
        boolean over = TrackEvent.ENDED.equals(event.event()) || event.muted();
        if (reader != null && over) reader.pause(atUs);
    }

    /** Every run ends here, so that none reaches over what is left out. */
    @Override
    public void onPause(long atUs) {
        paused = true;
        for (TrackReader reader : readers.values()) reader.pause(atUs);
    }

    @Override
    public void onResume(long atUs) {
        paused = false;
        while (pausesPast < timeline.pauses().size()
                && timeline.pauses().get(pausesPast).endUs() <= atUs) {
            var pause = timeline.pauses().get(pausesPast++);
            film.skip(pause.endUs() - pause.startUs());
        }
    }

    public void finish() {
        for (TrackReader reader : readers.values()) reader.pause(timeline.endUs());
    }

    private static TrackReader readerOf(Track track, RunSink sink) {
        String fmtp = track.info().fmtp() == null ? "" : track.info().fmtp();
        return switch (track.info().codec().toUpperCase(java.util.Locale.ROOT)) {
            case "VP8" -> new VideoReader(track, new Vp8Depacketizer(), sink);
            case "H264" -> new VideoReader(track, new H264Depacketizer(fmtp), sink);
            case "OPUS" -> track.info().clockRate() == 48_000 ? new AudioReader(track, sink) : null;
            default -> null;
        };
    }
}
