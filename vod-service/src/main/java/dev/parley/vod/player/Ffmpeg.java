package dev.parley.vod.player;

import dev.parley.vod.VodConfig;
import dev.parley.vod.domain.MediaPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;
import net.bramp.ffmpeg.probe.FFmpegStream;
import net.bramp.ffmpeg.shared.CodecType;

/** The ffmpeg and ffprobe programs behind net.bramp's wrapper. Blocking. Thread safe: every run has a wrapper of its own. */
@ApplicationScoped
public class Ffmpeg {
    private static final int PROBE_SECONDS_MAX = 15;
    private static final int KILL_AFTER_SECONDS = 2;

    private final VodConfig config;

    Ffmpeg(VodConfig config) {
        this.config = config;
    }

    /** The program's own version line. IOException when it cannot be run. */
    public String version() throws IOException {
        return new FFmpeg(config.ffmpeg(), Ffmpeg::merged).version();
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

    /** Starts FFmpeg; returns at once. */
    Run start(List<String> args) {
        return new Run(args);
    }

    // The wrapper reads first one output stream and then the other: with both open, a full pipe would stop FFmpeg for
    // ever.

    private static Process merged(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Without the SDP that FFmpeg prints for RTP. */
    private static Process errorsOnly(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
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

    /** One run of FFmpeg. It has a platform thread: reading a pipe holds a virtual thread's carrier. */
    final class Run implements AutoCloseable {
        private final AtomicReference<Process> process = new AtomicReference<>();
        private final Tail output = new Tail();
        private final Thread waiter;
        private volatile boolean closed;
        private volatile IOException failure;
        private volatile boolean ended;

        private Run(List<String> args) {
            waiter = Thread.ofPlatform().daemon().name("ffmpeg").start(() -> {
                try {
                    var ffmpeg = new FFmpeg(config.ffmpeg(), run());
                    ffmpeg.setProcessErrorStream(output);
                    ffmpeg.run(args);
                } catch (IOException | RuntimeException e) {
                    failure = e instanceof IOException io ? io : new IOException(e);
                } finally {
                    ended = true;
                }
            });
        }

        private ProcessFunction run() {
            return command -> {
                if (command.size() == 2) return merged(command); // the wrapper's own look at -version
                Process started = errorsOnly(command);
                process.set(started);
                if (closed) started.destroy();
                return started;
            };
        }

        boolean closed() {
            return closed;
        }

        boolean ended() {
            return ended;
        }

        /** Waits for the end. IOException with FFmpeg's last words when it did not end well. */
        void join() throws IOException, InterruptedException {
            waiter.join();
            if (failure != null)
                throw new IOException(output.isEmpty() ? failure.getMessage() : output.toString(), failure);
        }

        /** 0 until it runs. */
        long pid() {
            Process present = process.get();
            return present == null ? 0 : present.pid();
        }

        /** Ends FFmpeg: asks first, kills after two seconds. Does not wait. */
        @Override
        public void close() {
            closed = true;
            Process present = process.get();
            if (present == null) return;
            present.destroy();
            present.onExit()
                    .orTimeout(KILL_AFTER_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(_ -> present.destroyForcibly());
        }
    }
}
