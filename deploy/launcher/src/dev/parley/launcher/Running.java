package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes of a suite, each known by a file in {@code .parley/run}: its process id, and when it started, because an id alone
 * may belong to a stranger after a reboot.
 */
final class Running {
    /** {@code infra} first: stopping goes the other way round. */
    static final List<String> ORDER = List.of("infra", "account", "master", "relay", "recorder", "vod", "signaling", "authority", AotCaches.TRAINER);

    /** Long enough for a JVM of the lowest priority that writes its AOT cache when it ends. */
    private static final Duration TRAINED_STOP_MAX = Duration.ofMinutes(5);

    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private final Layout layout;

    Running(Layout layout) {
        this.layout = layout;
    }

    /** Starts a program in a session of its own, so that Ctrl-C reaches the launcher alone and the parts stop in order. */
    Process start(String name, Path directory, Map<String, String> environment, List<String> command) {
        var line = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) line.add("/usr/bin/setsid");
        line.addAll(command);
        try {
            Path log = layout.log(name);
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(name + ".log.1"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            var builder = new ProcessBuilder(line).directory(directory.toFile());
            builder.environment().keySet().removeIf(Running::wouldLeakIn);
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            Process process = builder.start();
            remember(name, process.toHandle());
            return process;
        } catch (IOException e) {
            throw new Fault("cannot start " + name + ": " + e.getMessage());
        }
    }

    /** Settings of the caller's shell that would change a process behind our back. */
    private static boolean wouldLeakIn(String variable) {
        return variable.startsWith("QUARKUS_") || variable.equals("JAVA_TOOL_OPTIONS") || variable.equals("JDK_JAVA_OPTIONS");
    }

    private void remember(String name, ProcessHandle process) throws IOException {
        Files.writeString(file(name), process.pid() + " " + startedAt(process).toEpochMilli() + "\n");
    }

    Optional<ProcessHandle> find(String name) {
        try {
            String[] words = Files.readString(file(name)).strip().split(" ");
            long startedMs = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    // Linux counts a process's start in hundredths of a second since boot: allow for the rounding.
                    .filter(process -> Math.abs(startedAt(process).toEpochMilli() - startedMs) < 2_000);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Instant startedAt(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    List<String> names() {
        return ORDER.stream().filter(name -> find(name).isPresent()).toList();
    }

    /** Asks a process to end, waits, and ends it by force when it does not. True when it went by itself. */
    boolean stop(String name) {
        return stop(name, STOP_MAX);
    }

    /** The same with time for what a training run does at its end. */
    boolean stopTrained(String name) {
        return stop(name, TRAINED_STOP_MAX);
    }

    private boolean stop(String name, Duration longest) {
        var found = find(name);
        boolean clean = true;
        if (found.isPresent()) {
            var process = found.get();
            var children = process.descendants().toList();
            process.destroy();
            try {
                process.onExit().get(longest.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.destroyForcibly();
                process.onExit().join();
                clean = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
            // Such as a JVM that assembles an AOT cache for its parent: it would outlive the suite.
            children.forEach(ProcessHandle::destroyForcibly);
        }
        forget(name);
        return clean;
    }

    /** Ends a process and what it started, by force. */
    void kill(String name) {
        find(name).ifPresent(process -> {
            var children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        });
        forget(name);
    }

    private void forget(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return layout.run().resolve(name + ".pid");
    }
}
