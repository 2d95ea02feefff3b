package dev.parley.vod.player;

import dev.parley.vod.VodConfig;
import dev.parley.vod.domain.MediaPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.probe.FFmpegStream;
import net.bramp.ffmpeg.shared.CodecType;

/** The ffmpeg and ffprobe programs behind net.bramp's wrapper. Blocking. Thread safe. */
@ApplicationScoped
public class Ffmpeg {
    private static final int PROBE_SECONDS_MAX = 15;
    private static final int KILL_AFTER_SECONDS = 2;

    private final VodConfig config;
    private FFmpeg ffmpeg;
    private FFprobe ffprobe;

    Ffmpeg(VodConfig config) {
        this.config = config;
    }

    /** The program's own version line. IOException when it cannot be run. */
    public String version() throws IOException {
        return ffmpeg().version();
    }

    /** The wrappers ask their program for its version when they are made and before each use; once is enough. */
    private synchronized FFmpeg ffmpeg() throws IOException {
        if (ffmpeg == null) ffmpeg = new FFmpeg(config.ffmpeg(), Ffmpeg::outputOnly);
        return ffmpeg;
    }

    private synchronized FFprobe ffprobe() throws IOException {
        if (ffprobe == null) ffprobe = new FFprobe(config.ffprobe(), args -> timed(outputOnly(args)));
        return ffprobe;
    }

    /** What the file holds. IOException when it is none that can be played; the message is for people and has no address in it. */
    MediaPlan probe(URI source) throws IOException {
        FFmpegProbeResult result;
        try {
            result =
                    new FFprobe(config.ffprobe(), args -> timed(outputOnly(args))).probe(FfmpegArguments.probe(source));
        } catch (IOException | RuntimeException e) { // the wrapper throws unchecked for JSON that ends early
            throw new IOException("The file cannot be read as audio or video.", e);
        }
        if (result.hasError() || result.getStreams() == null)
            throw new IOException("The file cannot be read as audio or video.");
        boolean audio = result.getStreams().stream().anyMatch(s -> s.getCodecType() == CodecType.AUDIO);
        FFmpegStream video =
                result.getStreams().stream().filter(Ffmpeg::moves).findFirst().orElse(null);
        MediaPlan plan = MediaPlan.of(audio, video != null, video == null ? 0 : rate(video));
        if (plan.nothing()) throw new IOException("The file has neither audio nor video.");
        return plan;
    }

    /** A cover picture is a video stream to FFmpeg, but shows one picture only. */
    private static boolean moves(FFmpegStream stream) {
        return stream.getCodecType() == CodecType.VIDEO
                && !(stream.getDisposition() != null && stream.getDisposition().isAttachedPic());
    }

    private static double rate(FFmpegStream video) {
        var rate = video.getAvgFrameRate();
        return rate == null || rate.getDenominator() == 0 ? 0 : rate.doubleValue();
    }

    /** Starts FFmpeg. IOException when the program cannot be run. */
    Run start(List<String> args) throws IOException {
        return new Run(new ProcessBuilder(ffmpeg().path(args))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD) // the SDP that it prints for RTP
                .start());
    }

    private static Process outputOnly(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Process timed(Process process) {
        process.onExit().orTimeout(PROBE_SECONDS_MAX, TimeUnit.SECONDS).exceptionally(_ -> process.destroyForcibly());
        return process;
    }

    /** One run of FFmpeg. A platform thread reads what it says: reading a pipe holds a virtual thread's carrier. */
    static final class Run implements AutoCloseable {
        private final Process process;
        private final Tail words = new Tail();
        private final Thread reader;
        private volatile boolean closed;

        private Run(Process process) {
            this.process = process;
            reader =
                    Thread.ofPlatform().daemon().name("ffmpeg-" + process.pid()).start(this::read);
        }

        private void read() {
            try (var errors = process.errorReader()) {
                for (String line = errors.readLine(); line != null; line = errors.readLine()) words.add(line);
            } catch (IOException e) {
                words.add(e.getMessage()); // the pipe is closed under the reader when the process is destroyed
            }
        }

        boolean closed() {
            return closed;
        }

        boolean ended() {
            return !process.isAlive();
        }

        /** Waits for the end. IOException with FFmpeg's last words when it did not end well. */
        void join() throws IOException, InterruptedException {
            int status = process.waitFor();
            reader.join();
            if (status != 0) throw new IOException("ffmpeg ended with status " + status + ": " + words);
        }

        long pid() {
            return process.pid();
        }

        /** Ends FFmpeg: asks first, kills after two seconds. Does not wait. */
        @Override
        public void close() {
            closed = true;
            process.destroy();
            process.onExit()
                    .orTimeout(KILL_AFTER_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(_ -> process.destroyForcibly());
        }
    }
}
