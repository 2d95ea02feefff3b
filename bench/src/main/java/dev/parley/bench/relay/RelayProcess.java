package dev.parley.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the bench has started, what it says, and what it costs. */
public final class RelayProcess implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 50;
    private static final int STOP_S = 5;

    /** Whether it can be used yet. */
    interface Ready {
        boolean ask() throws IOException, InterruptedException;
    }

    private final Process process;
    private final Path log;

    private RelayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param core number of the core that it may use alone, -1 = all */
    static RelayProcess start(List<String> command, Map<String, String> environment, Path folder, Path log, int core)
            throws IOException {
        var pinned = new ArrayList<String>();
        if (core >= 0) pinned.addAll(List.of("taskset", "-c", String.valueOf(core)));
        pinned.addAll(command);
        var builder = new ProcessBuilder(pinned)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var started = new RelayProcess(builder.start(), log);
        // Not left behind when the bench is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
        return started;
    }

    /** @throws IOException with the end of its log when it ends or takes too long */
    void await(Ready ready, Duration longest) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + longest.toNanos();
        while (!answers(ready)) {
            if (!process.isAlive()) throw new IOException("it ended while starting\n" + lastLines());
            if (System.nanoTime() > endNs) throw new IOException("it is not ready in time\n" + lastLines());
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static boolean answers(Ready ready) throws InterruptedException {
        try {
            return ready.ask();
        } catch (IOException _) {
            return false; // nobody listens yet
        }
    }

    private String lastLines() throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time of all its threads, user and system, seconds. Steps of 10 ms. */
    public double cpuSeconds() throws IOException {
        return ProcessCpu.seconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
