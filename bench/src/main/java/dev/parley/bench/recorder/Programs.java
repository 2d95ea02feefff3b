package dev.parley.bench.recorder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** FFmpeg as a process, and what this process' children cost. */
final class Programs {
    private static final long TICKS_PER_SECOND = 100; // USER_HZ of Linux, proc(5)

    private Programs() {}

    static void ffmpeg(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("ffmpeg", "-y", "-v", "error", "-nostdin"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) throw new IOException("ffmpeg: " + said);
        } finally {
            process.destroyForcibly();
        }
    }

    /** CPU time of this process and of those of its children that have ended, seconds (proc(5): utime, stime, cutime, cstime). */
    static double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 11; field <= 14; field++) ticks += Long.parseLong(fields[field]);
        return (double) ticks / TICKS_PER_SECOND;
    }
}
