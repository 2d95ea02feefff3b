package dev.parley.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time by /proc/PID/stat (proc_pid_stat(5)). The kernel scales it to what its scheduler measured, so that it is exact to its unit. */
final class ProcessCpu {
    /** USER_HZ is 100 on all of Linux' current architectures. */
    static final double TICKS_PER_SECOND = 100;

    private static final int UTIME = 14, STIME = 15;

    private ProcessCpu() {}

    /** User and system time of all threads, those that have ended too. */
    static double seconds(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc/" + pid + "/stat")));
    }

    /** The second field is the name in parentheses, which may hold anything. */
    static double parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME - 3]) + Long.parseLong(fields[STIME - 3]);
        return ticks / TICKS_PER_SECOND;
    }
}
