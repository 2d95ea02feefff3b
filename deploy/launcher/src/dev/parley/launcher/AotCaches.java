package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * AOT caches (JEP 483, 514, 515), one per process: with one a service is ready after less than half the CPU time. A cache is recorded
 * by a training run, which costs twice the CPU time of a start; so the training is a suite of its own, beside the one that serves, one
 * process after the other, of the lowest priority, with ports and data of its own that are gone afterwards. A cache belongs to the clone,
 * not to one suite. The JVM itself refuses a cache that does not fit its classes, its version or its collector and starts without; so
 * whether one took is read from the process's memory map, and what did not take is trained again.
 */
final class AotCaches {
    /** The process that trains, by its name in {@link Running}. */
    static final String TRAINER = "training";

    /** Where the training suite's ports begin, counted from those of the suite that serves. */
    private static final int PORTS_APART = 50;

    private final Layout layout;
    private final Running running;

    AotCaches(Layout layout) {
        this.layout = layout;
        this.running = new Running(layout);
    }

    /** What the JVM of this process is to be told; nothing before the first training. */
    List<String> jvmFlags(String name) {
        return Files.exists(file(name)) ? List.of("-XX:AOTCache=" + file(name)) : List.of();
    }

    /**
     * Trains the running processes that have no cache, in a process of the lowest priority that ends by itself. {@code PARLEY_AOT=0}
     * leaves it be: for suites that live shorter than the training takes.
     */
    void trainMissingBehind() {
        if ("0".equals(System.getenv("PARLEY_AOT")) || missing().isEmpty()) return;
        var command = new ArrayList<String>();
        if (Shell.which("nice").isPresent()) command.addAll(List.of("nice", "-n", "19"));
        command.addAll(List.of(
                Suite.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dparley.root=" + layout.root()));
        command.addAll(ourselves());
        command.add(TRAINER);
        running.start(TRAINER, layout.root(), Map.of(), command);
        System.out.println("  AOT caches are being trained in the background; the next start will be faster");
    }

    /** As this JVM was started: from the compiled launcher, or from its sources, when Java compiles in memory and has no class path. */
    private List<String> ourselves() {
        String compiled = System.getProperty("java.class.path");
        return compiled.endsWith(".jar")
                ? List.of("-jar", compiled)
                : List.of(layout.root().resolve("deploy/launcher/src/dev/parley/launcher/Main.java").toString());
    }

    /**
     * Trains one process after the other, and then infra, which they all need. Returns the exit status: 1 when one could not be trained.
     *
     * @param ports those of the suite that serves
     */
    int trainMissing(Ports ports) {
        var missing = missing();
        if (missing.isEmpty()) return 0;
        var home = new Layout(layout.root(), layout.home().resolve(TRAINER));
        var beside = new Ports(ports.base() + PORTS_APART);
        var suite = new Suite(home, beside);
        suite.kill(); // what a training that was killed left behind
        delete(home.home());
        FreePorts.check(beside, false);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            suite.kill();
            delete(home.home());
        }));
        int status = 0;
        long fromNs = System.nanoTime();
        suite.startInfraAlone(missing.contains("infra") ? recording("infra") : jvmFlags("infra"));
        for (Service service : Service.values()) {
            if (!missing.contains(service.title)) continue;
            long serviceFromNs = System.nanoTime();
            suite.startAlone(service, recording(service.title));
            status |= keep(service.title, suite.stop(service.title), serviceFromNs);
        }
        boolean infraEnded = suite.stop("infra");
        if (missing.contains("infra")) status |= keep("infra", infraEnded, fromNs);
        return status;
    }

    private int keep(String name, boolean ended, long fromNs) {
        if (!ended || !Files.exists(fresh(name))) {
            System.out.println(name + ": no cache came of the training");
            return 1;
        }
        try {
            Files.move(fresh(name), file(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.printf("%s: trained in %.1f s%n", name, Steps.seconds(fromNs));
        return 0;
    }

    private List<String> recording(String name) {
        return List.of("-XX:AOTCacheOutput=" + fresh(name));
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
            return true; // it is ending: nothing to train
        }
    }

    private Path file(String name) {
        return layout.aotCaches().resolve(name + ".aot");
    }

    private Path fresh(String name) {
        return layout.aotCaches().resolve(name + ".fresh.aot");
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) return;
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException | UncheckedIOException e) {
            System.out.println("left behind: " + folder + ": " + e.getMessage());
        }
    }
}
