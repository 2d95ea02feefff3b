package dev.parley.recorder.compose;

import dev.parley.recorder.domain.layout.Person;
import dev.parley.recorder.domain.plan.Plans;
import dev.parley.recorder.domain.plan.Span;
import dev.parley.recorder.domain.timeline.RunSink;
import dev.parley.recorder.domain.timeline.Track;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the runs of the second pass into one folder. I/O errors come out as UncheckedIOException. Not thread safe. */
final class RunFiles implements RunSink, Closeable {
    private static final class OpenVideo {
        private IvfWriter writer;
        private Path file;
        private long startUs;
        private long gridUs;
    }

    private static final class OpenAudio {
        private OggOpusWriter writer;
        private Path file;
        private long startUs;
        private long samples;
    }

    private final Path folder;
    private final int fps;
    private final int channels;
    private final Map<Track, OpenVideo> openVideo = new HashMap<>();
    private final Map<Track, OpenAudio> openAudio = new HashMap<>();
    private final List<VideoRun> videos = new ArrayList<>();
    private final List<AudioRun> audios = new ArrayList<>();
    private int files;

    RunFiles(Path folder, int fps, int channels) {
        this.folder = folder;
        this.fps = fps;
        this.channels = channels;
    }

    List<VideoRun> videos() {
        return videos;
    }

    List<AudioRun> audios() {
        return audios;
    }

    @Override
    public void videoBegan(Track track, int width, int height, long startUs) {
        var run = new OpenVideo();
        run.file = folder.resolve("v" + files++ + ".ivf");
        run.startUs = startUs;
        run.gridUs = Plans.frameAt(startUs, fps) * 1_000_000 / fps;
        String fourcc = "VP8".equalsIgnoreCase(track.info().codec()) ? "VP80" : "H264";
        attempt(() -> run.writer = new IvfWriter(run.file, fourcc, width, height));
        openVideo.put(track, run);
    }

    @Override
    public void videoFrame(Track track, long timeUs, byte[] frame) {
        OpenVideo run = openVideo.get(track);
        attempt(() -> run.writer.frame(Math.max(0, timeUs - run.gridUs), frame));
    }

    @Override
    public void videoEnded(Track track, long endUs) {
        OpenVideo run = openVideo.remove(track);
        attempt(run.writer::close);
        var span = new Span(run.startUs, endUs);
        var feed = track.info().feed();
        var who = new Person(feed.tag() == null ? "" : feed.tag(), "screen".equals(feed.source()));
        videos.add(new VideoRun(track.person(), who, run.file, span));
    }

    @Override
    public void audioBegan(Track track, long startUs) {
        var run = new OpenAudio();
        run.file = folder.resolve("a" + files++ + ".ogg");
        run.startUs = startUs;
        attempt(() -> run.writer = new OggOpusWriter(run.file, channels));
        openAudio.put(track, run);
    }

    @Override
    public void audioPacket(Track track, byte[] packet, int samples) {
        OpenAudio run = openAudio.get(track);
        run.samples += samples;
        attempt(() -> run.writer.packet(packet, samples));
    }

    @Override
    public void audioEnded(Track track) {
        OpenAudio run = openAudio.remove(track);
        attempt(run.writer::close);
        audios.add(new AudioRun(run.file, new Span(run.startUs, run.startUs + run.samples * 1_000_000 / 48_000)));
    }

    @Override
    public void close() throws IOException {
        for (OpenVideo run : openVideo.values()) run.writer.close();
        for (OpenAudio run : openAudio.values()) run.writer.close();
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void attempt(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
