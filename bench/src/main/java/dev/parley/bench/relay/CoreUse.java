package dev.parley.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How busy a core was with anything at all, by /proc/stat (proc_stat(5)). */
final class CoreUse {
    /** Fields after the name: user nice system idle iowait irq softirq steal guest guest_nice; guest is within user. */
    private static final int IDLE = 3, IO_WAIT = 4, STEAL = 7;

    private CoreUse() {}

    /** Seconds since the start of the machine that the core did not idle, those that a hypervisor took included. */
    static double busySeconds(int core) throws IOException {
        return parse(Files.readString(Path.of("/proc/stat")), core);
    }

    static double parse(String stat, int core) throws IOException {
        String line = stat.lines()
                .filter(one -> one.startsWith("cpu" + core + " "))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/stat knows no core " + core));
        long[] ticks = Arrays.stream(line.split(" +"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
        long busy = 0;
        for (int i = 0; i <= STEAL; i++) if (i != IDLE && i != IO_WAIT) busy += ticks[i];
        return busy / ProcessCpu.TICKS_PER_SECOND;
    }
}
