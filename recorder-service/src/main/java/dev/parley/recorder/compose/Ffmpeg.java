package dev.parley.recorder.compose;

import dev.parley.recorder.domain.EventCodes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.FFmpegExecutor;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** The FFmpeg programs, run as processes that end with us. Thread safe. */
public final class Ffmpeg {
    /** One command: where its complaints go, and its process once there is one. */
    private static final class Run {
        private final Path log;
        private Process process;

        private Run(Path log) {
            this.log = log;
        }
    }

    private static final ScopedValue<Run> RUN = ScopedValue.newInstance();

    private final String path;
    private final long timeoutSeconds;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    /** One of each, since each asks its program for its version before the first run. */
    private final FFmpeg ffmpeg;

    private final FFprobe ffprobe;

    /**
     * @param ffmpeg         name on the PATH, or path of the program; ffprobe alike
     * @param timeoutSeconds the longest that one run may take; then it is killed
     */
    public Ffmpeg(String ffmpeg, String ffprobe, long timeoutSeconds) {
        this.path = ffmpeg;
        this.timeoutSeconds = timeoutSeconds;
        try {
            this.ffmpeg = new FFmpeg(ffmpeg, this::started);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it only keeps the path
        }
        this.ffprobe = new FFprobe(ffprobe, this::started);
    }

    /** First line of {@code ffmpeg -version}, asked anew; IOException when it does not run. */
    public String version() throws IOException {
        return new FFmpeg(path, this::started).version();
    }

    /** Runs to the end. What FFmpeg complains about goes to {@code log} and, its end, into the exception. */
    void run(FFmpegBuilder builder, Path log) throws ComposeException {
        var run = new Run(log);
        try {
            ScopedValue.where(RUN, run)
                    .run(() -> new FFmpegExecutor(ffmpeg, ffprobe)
                            .createJob(builder)
                            .run());
        } catch (RuntimeException e) {
            int exit = run.process == null || run.process.isAlive() ? -1 : run.process.exitValue();
            String text = tail(log);
            int code = text.contains("No space left")
                    ? EventCodes.DISK_FULL
                    : exit > 128 || exit < 0 ? EventCodes.CHILD_CRASHED : EventCodes.CONVERSION;
            throw new ComposeException(code, true, "ffmpeg ended with " + exit + ": " + text, e);
        }
    }

    FFmpegProbeResult probe(Path file) throws IOException {
        return ffprobe.probe(file.toString());
    }

    /** Kills what runs; each run then ends with an exception. */
    public void stop() {
        running.forEach(Process::destroyForcibly);
    }

    /** Kills the programs of an earlier life of this node that still work on files below the folder: nobody waits for them any more. */
    void killLeftovers(Path folder) {
        long self = ProcessHandle.current().pid();
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && worksBelow(process, folder.toAbsolutePath() + "/"))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean worksBelow(ProcessHandle process, String folder) {
        return process.info()
                .arguments()
                .map(arguments -> Stream.of(arguments).anyMatch(argument -> argument.startsWith(folder)))
                .orElse(false);
    }

    /** Standard error must not be a pipe: the wrapper reads standard output to its end first. */
    private Process started(List<String> args) throws IOException {
        Run run = RUN.isBound() ? RUN.get() : null;
        File errors = run == null ? new File("/dev/null") : run.log.toFile();
        Process process = new ProcessBuilder(args)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                .start();
        if (run != null) run.process = process;
        running.add(process);
        process.onExit().thenAccept(running::remove);
        Thread.ofVirtual().name("ffmpeg-watch").start(() -> watch(process));
        return process;
    }

    private void watch(Process process) {
        try {
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }

    private static String tail(Path log) {
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8).strip();
            return text.substring(Math.max(0, text.length() - 600));
        } catch (IOException _) {
            return "";
        }
    }
}
