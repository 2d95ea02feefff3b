package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Archives of loaded classes (class data sharing, JEP 310), one per process: with one a service is ready after about half the CPU
 * time. An archive is dumped from a process that serves, so no start is slowed by training, and it belongs to the clone, not to one
 * suite. The JVM itself refuses an archive that does not fit its classes, its version or its collector and starts without; so
 * whether one took is read from the process's memory map, and what did not take is made again.
 */
final class ClassArchives {
    /** The process that makes archives, by its name in {@link Running}. */
    static final String MAKER = "archives";

    private static final long LOOK_EVERY_MS = 100;

    private final Layout layout;
    private final Running running;

    ClassArchives(Layout layout) {
        this.layout = layout;
        this.running = new Running(layout);
    }

    /** What the JVM of this process is to be told; nothing before the first archive is made, because a missing one costs the JDK's own. */
    List<String> jvmFlags(String name) {
        return Files.exists(file(name)) ? List.of("-XX:SharedArchiveFile=" + file(name)) : List.of();
    }

    /**
     * Makes archives for the running processes that have none, in a process of the lowest priority that ends by itself.
     * {@code PARLEY_ARCHIVES=0} leaves it be: for suites that live shorter than an archive takes.
     */
    void makeMissingBehind() {
        if ("0".equals(System.getenv("PARLEY_ARCHIVES")) || missing().isEmpty()) return;
        var command = new ArrayList<String>();
        if (Shell.which("nice").isPresent()) command.addAll(List.of("nice", "-n", "19"));
        command.addAll(List.of(
                Suite.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dparley.root=" + layout.root(),
                layout.root().resolve("deploy/launcher/src/dev/parley/launcher/Main.java").toString(),
                MAKER));
        running.start(MAKER, layout.root(), Map.of(), command);
        System.out.println("  class archives are being made in the background; the next start will be faster");
    }

    /** One after the other. Returns the exit status: 1 when an archive could not be made. */
    int makeMissing() {
        int status = 0;
        removeHalfMade();
        for (String name : missing()) {
            var process = running.find(name);
            if (process.isEmpty()) continue; // it has ended since
            long fromNs = System.nanoTime();
            Path fresh = file(name).resolveSibling(name + "." + process.get().pid() + ".jsa");
            String said = dump(process.get(), fresh);
            if (!Files.exists(fresh)) {
                System.out.println(name + ": no archive: " + said);
                status = 1;
                continue;
            }
            try {
                Files.move(fresh, file(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            System.out.printf("%s: archive made in %.1f s%n", name, Steps.seconds(fromNs));
        }
        return status;
    }

    /** Returns what the JVM said. Its child does the work, and has the priority of its parent until it is given ours. */
    private static String dump(ProcessHandle process, Path to) {
        var answer = CompletableFuture.supplyAsync(
                () -> Shell.ask(jcmd(), Long.toString(process.pid()), "VM.cds", "static_dump", to.toString()));
        var humbled = new HashSet<Long>();
        while (true) {
            for (var child : process.children().toList()) {
                if (child.info().commandLine().orElse("").contains(to.getFileName().toString()) && humbled.add(child.pid()))
                    Shell.ask("renice", "-n", "19", "-p", Long.toString(child.pid()));
            }
            try {
                return answer.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS).text();
            } catch (TimeoutException e) {
                // it goes on
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                throw new Fault("interrupted");
            }
        }
    }

    /** What processes that have ended meanwhile left behind: NAME.PID.jsa, and the JVM's own files beside it. */
    private void removeHalfMade() {
        try (var files = Files.newDirectoryStream(layout.classArchives(), "*.*.jsa*")) {
            for (Path file : files) {
                long pid = Long.parseLong(file.getFileName().toString().split("\\.")[1]);
                if (ProcessHandle.of(pid).isEmpty()) Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> missing() {
        return running.names().stream().filter(this::canTell).filter(name -> !took(name)).toList();
    }

    /** Our own JVMs, on Linux. */
    private boolean canTell(String name) {
        boolean ours = name.equals("infra") || List.of(Service.values()).stream().anyMatch(service -> service.title.equals(name));
        return ours && Files.isReadable(Path.of("/proc/self/maps"));
    }

    private boolean took(String name) {
        var process = running.find(name);
        if (process.isEmpty()) return true;
        try (var mapped = Files.lines(Path.of("/proc/" + process.get().pid() + "/maps"))) {
            return mapped.anyMatch(line -> line.endsWith(file(name).toString()));
        } catch (IOException | UncheckedIOException e) {
            return true; // it is ending: nothing to make an archive from
        }
    }

    private Path file(String name) {
        return layout.classArchives().resolve(name + ".jsa");
    }

    private static String jcmd() {
        return Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    }
}
