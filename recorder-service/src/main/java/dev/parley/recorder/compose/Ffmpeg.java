package dev.parley.recorder.compose;

import dev.parley.recorder.domain.EventCodes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.bramp.ffmpeg.FFmpeg;
import net.bramp.ffmpeg.FFmpegExecutor;
import net.bramp.ffmpeg.FFprobe;
import net.bramp.ffmpeg.ProcessFunction;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.probe.FFmpegProbeResult;

/** The FFmpeg programs, run as processes that end with us. Thread safe. */
public final class Ffmpeg {
    private final String ffmpeg;
    private final String ffprobe;
    private final long timeoutSeconds;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * @param ffmpeg         name on the PATH, or path of the program; ffprobe alike
     * @param timeoutSeconds the longest that one run may take; then it is killed
     */
    public Ffmpeg(String ffmpeg, String ffprobe, long timeoutSeconds) {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** First line of {@code ffmpeg -version}; IOException when it does not run. */
    public String version() throws IOException {
        return new FFmpeg(ffmpeg, started(null)).version();
    }

    /** Runs to the end. What FFmpeg complains about goes to {@code log} and, its end, into the exception. */
    void run(FFmpegBuilder builder, Path log) throws ComposeException {
        var last = new Process[1];
        try {
            var program = new FFmpeg(ffmpeg, args -> last[0] = started(log).run(args));
            new FFmpegExecutor(program, new FFprobe(ffprobe, started(null)))
                    .createJob(builder)
                    .run();
        } catch (IOException | RuntimeException e) {
            int exit = last[0] == null || last[0].isAlive() ? -1 : last[0].exitValue();
            String text = tail(log);
            int code = text.contains("No space left")
                    ? EventCodes.DISK_FULL
                    : exit > 128 || exit < 0 ? EventCodes.CHILD_CRASHED : EventCodes.CONVERSION;
            throw new ComposeException(code, true, "ffmpeg ended with " + exit + ": " + text, e);
        }
    }

    FFmpegProbeResult probe(Path file) throws IOException {
        return new FFprobe(ffprobe, started(null)).probe(file.toString());
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
    private ProcessFunction started(Path log) {
        return args -> {
            File errors = log == null ? new File("/dev/null") : log.toFile();
            Process process = new ProcessBuilder(args)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                    .start();
            running.add(process);
            process.onExit().thenAccept(running::remove);
            Thread.ofVirtual().name("ffmpeg-watch").start(() -> watch(process));
            return process;
        };
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
