package dev.parley.recorder.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.compose.Clips.Unit;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.rtp.framed.TrackEvent;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** People in front of cameras and microphones, what a tap journals of them, and the film that the real composer makes of it. */
public final class Studio {
    private final Path folder;
    private final JournalMaker journal = new JournalMaker();
    private final List<Integer> progress = new ArrayList<>();
    private int ssrc = 1000;

    /** @param folder for journals and work files; a new one per film */
    public Studio(Path folder) {
        this.folder = folder;
    }

    public JournalMaker journal() {
        return journal;
    }

    /** Percents as the composer told them. */
    public List<Integer> progress() {
        return progress;
    }

    /** A camera of 320x180 at 10 a second that shows one colour for 2 s from the start. */
    public void tagged(String uid, String tag, String colour) throws Exception {
        TrackEvent camera = JournalMaker.track(uid, tag, MediaKind.VIDEO, ssrc++, "VP8");
        journal.track(0, camera);
        vp8(camera, 0, 0, Clips.vp8(colour, "320x180", 10, 2), 0);
    }

    public void video(String uid, long atMs, List<Unit> frames) {
        vp8(started(uid, MediaKind.VIDEO, "VP8", atMs), atMs, 0xFFFF_F000L, frames, 65_500);
    }

    public void audio(String uid, long atMs, List<Unit> packets) {
        opus(started(uid, MediaKind.AUDIO, "opus", atMs), atMs, 0, packets, 0);
    }

    public TrackEvent started(String uid, MediaKind kind, String codec, long atMs) {
        TrackEvent event = JournalMaker.track(uid, kind, ssrc++, codec);
        journal.track(atMs, event);
        return event;
    }

    /** @param mediaMs time stamp of the first packet by the microphone's clock */
    public void opus(TrackEvent track, long atMs, long mediaMs, List<Unit> units, int sequence) {
        for (Unit unit : units) {
            long timestamp = (mediaMs + unit.timeMs()) * 48;
            journal.rtp(atMs + unit.timeMs(), track, sequence++, timestamp, false, unit.data());
        }
    }

    /**
     * RFC 7741 with the smallest descriptor; every other pair of packets changes places on the way.
     *
     * @return the sequence number that follows
     */
    public int vp8(TrackEvent track, long atMs, long timestamp, List<Unit> frames, int sequence) {
        for (Unit frame : frames) {
            for (int from = 0; from < frame.data().length; from += 500) {
                int bytes = Math.min(500, frame.data().length - from);
                byte[] payload = ByteBuffer.allocate(1 + bytes)
                        .put((byte) (from == 0 ? 0x10 : 0))
                        .put(frame.data(), from, bytes)
                        .array();
                boolean last = from + bytes == frame.data().length;
                long delay = sequence % 4 == 1 ? 30 : 0;
                long atMsNow = atMs + frame.timeMs() + delay;
                journal.rtp(atMsNow, track, sequence++, timestamp + frame.timeMs() * 90, last, payload);
            }
        }
        return sequence;
    }

    public static TrackEvent withdrawn(TrackEvent t) {
        return new TrackEvent(
                TrackEvent.ENDED,
                t.feed(),
                t.kind(),
                t.ssrc(),
                t.codec(),
                t.payloadType(),
                t.clockRate(),
                t.channels(),
                t.fmtp(),
                t.muted(),
                t.extensions());
    }

    public static RecordParam param(String json) throws Exception {
        return new ObjectMapper().readValue(json, RecordParam.class);
    }

    CompositionResult compose(String param) throws Exception {
        return compose(param(param));
    }

    CompositionResult compose(RecordParam param) throws Exception {
        Path work = Files.createTempDirectory(folder, "work");
        List<Path> segments = journal.write(Files.createTempDirectory(folder, "journal"));
        var composer = new Composer(new Ffmpeg("ffmpeg", "ffprobe", 60), JournalKeys.NONE);
        var request = new CompositionRequest("rec", segments, param.withDefaults(), true, null, work);
        return composer.compose(request, progress::add);
    }
}
