package dev.parley.recorder.compose;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.timeline.Timeline;
import dev.parley.recorder.domain.timeline.TimelineReader;
import dev.parley.recorder.domain.timeline.TimelineSurvey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.shared.CodecType;

/**
 * Makes a film of a journal. Reads the journal twice: once to learn the time line, once for the media. Depends on its request only, so it
 * may be run again after any failure. Blocking, minutes long for long recordings; memory does not grow with the length.
 */
public final class Composer {
    /** Percent of the whole when so far; the picture takes most of it. */
    private static final int READ = 5, PICTURE = 85, SOUND = 90;

    private final Ffmpeg ffmpeg;
    private final JournalKeys keys;

    /** @param keys open the segments that are sealed */
    public Composer(Ffmpeg ffmpeg, JournalKeys keys) {
        this.ffmpeg = ffmpeg;
        this.keys = keys;
    }

    /**
     * @param progress told now and then how much is done, percent
     * @throws ComposeException with the event code to report
     */
    public CompositionResult compose(CompositionRequest request, IntConsumer progress) throws ComposeException {
        try {
            return attempt(request, progress);
        } catch (IOException | UncheckedIOException e) {
            String message = String.valueOf(e.getMessage());
            int code = message.contains("No space left") ? EventCodes.DISK_FULL : EventCodes.FILE_CREATION;
            throw new ComposeException(code, true, "intermediate files: " + message, e);
        }
    }

    private CompositionResult attempt(CompositionRequest request, IntConsumer progress)
            throws ComposeException, IOException {
        RecordParam param = request.param();
        var warnings = new ArrayList<String>();
        var survey = new TimelineSurvey();
        var journal = new JournalFiles(request.segments(), keys);
        Manifest.Journal facts = journal.play(survey);
        warnings.addAll(facts.damage());
        Timeline timeline = survey.finish();
        if (timeline == null) throw nothing("no media was recorded");

        try (var runs = new RunFiles(request.work(), param.fps(), param.channels())) {
            var reader = new TimelineReader(timeline, runs);
            journal.play(reader);
            reader.finish();
            if (!reader.unsupported().isEmpty())
                warnings.add("not supported: " + String.join(", ", reader.unsupported()));
            if (reader.lostPackets() > 0) warnings.add(reader.lostPackets() + " packets were lost");
            if (runs.videos().isEmpty() && runs.audios().isEmpty()) {
                throw nothing("nothing that can be decoded was recorded " + reader.unsupported());
            }
            progress.accept(READ);
            return cut(request, timeline, runs, warnings, facts, progress);
        }
    }

    private CompositionResult cut(
            CompositionRequest request,
            Timeline timeline,
            RunFiles runs,
            List<String> warnings,
            Manifest.Journal journal,
            IntConsumer progress)
            throws ComposeException, IOException {
        RecordParam param = request.param();
        Path log = request.work().resolve("ffmpeg.log");
        var cut = new FinalCut(param, timeline.startUs() / 1000);
        // The sound's time is mostly programs that start: the picture's is enough for all of it.
        try (var beside = new SoundTrack(ffmpeg, request, cut, runs.audios(), timeline)) {
            Path scenes = scenes(request, timeline, runs, warnings, log, progress);
            progress.accept(PICTURE);
            Path sound = beside.await(log, warnings);
            progress.accept(SOUND);
            return join(request, timeline, cut, scenes, sound, log, warnings, journal);
        }
    }

    /** The picture as a list of scenes; null when there is none. */
    private Path scenes(
            CompositionRequest request,
            Timeline timeline,
            RunFiles runs,
            List<String> warnings,
            Path log,
            IntConsumer progress)
            throws ComposeException, IOException {
        RecordParam param = request.param();
        if (runs.videos().isEmpty()) return null;
        long frames = timeline.frames(param.fps());
        Map<String, List<VideoRun>> people = new LinkedHashMap<>();
        runs.videos().stream()
                .sorted((a, b) -> Long.compare(a.span().startUs(), b.span().startUs()))
                .forEach(run -> people.computeIfAbsent(run.person(), _ -> new ArrayList<>())
                        .add(run));
        return new PictureStage(ffmpeg, request, log, warnings)
                .film(
                        List.copyOf(people.values()),
                        frames,
                        timeline,
                        done -> progress.accept((int) (READ + done * (PICTURE - READ) / frames)));
    }

    private CompositionResult join(
            CompositionRequest request,
            Timeline timeline,
            FinalCut cut,
            Path scenes,
            Path sound,
            Path log,
            List<String> warnings,
            Manifest.Journal journal)
            throws ComposeException, IOException {
        RecordParam param = request.param();
        Path out = request.work().resolve(request.recordId() + request.extension());
        ffmpeg.run(cut.build(scenes, sound, timeline.frames(param.fps()), out), log);
        long durationMs = check(out, scenes != null, sound != null);
        var files = new ArrayList<CompositionResult.File>();
        int mediaType = sound == null ? 2 : scenes == null ? 1 : 0;
        files.add(new CompositionResult.File(out, durationMs, Files.size(out), mediaType));
        if (mediaType == 0 && param.splitType() != 0) files.add(part(request, cut, out, log));
        return new CompositionResult(files, timeline.startUs() / 1000, warnings, journal);
    }

    private CompositionResult.File part(CompositionRequest request, FinalCut cut, Path film, Path log)
            throws ComposeException, IOException {
        boolean sound = request.param().splitType() == 1;
        Path out = request.work().resolve(request.recordId() + (sound ? "-audio" : "-video") + request.extension());
        try {
            ffmpeg.run(cut.part(film, sound, out), log);
            return new CompositionResult.File(out, check(out, !sound, sound), Files.size(out), sound ? 1 : 2);
        } catch (ComposeException e) {
            throw e.eventCode != EventCodes.CONVERSION
                    ? e
                    : new ComposeException(EventCodes.SEPARATION, e.retry, e.getMessage(), e);
        }
    }

    /** FFmpeg said that it worked; the film is asked too. */
    private long check(Path film, boolean video, boolean audio) throws ComposeException, IOException {
        FFmpegProbeResult probe = ffmpeg.probe(film);
        boolean hasVideo = has(probe, CodecType.VIDEO);
        boolean hasAudio = has(probe, CodecType.AUDIO);
        if (hasVideo != video || hasAudio != audio || probe.getFormat().getDuration() <= 0) {
            throw new ComposeException(EventCodes.CONVERSION, true, "the film lacks video, audio or length", null);
        }
        return Math.round(probe.getFormat().getDuration() * 1000);
    }

    private static boolean has(FFmpegProbeResult probe, CodecType type) {
        return probe.getStreams().stream().anyMatch(stream -> stream.codec_type == type);
    }

    private static ComposeException nothing(String message) {
        return new ComposeException(EventCodes.CONVERSION, false, message, null);
    }
}
