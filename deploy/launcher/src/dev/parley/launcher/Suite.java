package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and stops the processes of one suite. */
final class Suite {
    private static final Duration INFRA_MAX = Duration.ofSeconds(180);
    private static final Duration SERVICE_MAX = Duration.ofSeconds(300);
    /** Of the lowest priority, with a recording JVM, beside a suite that serves. */
    private static final Duration TRAINED_MAX = Duration.ofMinutes(5);

    private static final List<String> INFRA_FLAGS = List.of(
            "-Xms32m",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Layout layout;
    private final Ports ports;
    private final Running running;
    private final AotCaches caches;

    Suite(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
        this.running = new Running(layout);
        this.caches = new AotCaches(layout);
    }

    /** Infra first, then the six side by side: they migrate their schemas at start. */
    void start(Lan lan, Steps steps) {
        steps.step("PostgreSQL, Kafka, S3", () -> startInfra(caches.jvmFlags("infra"), INFRA_MAX));
        long fromNs = System.nanoTime();
        for (Service service : Service.values()) launch(service, lan, caches.jvmFlags(service.title));
        steps.sideBySide(waiting -> {
            for (Service service : Service.values()) {
                waiting.add(service.title + " on " + service.port(ports), fromNs, () -> awaitReady(service, SERVICE_MAX));
            }
        });
    }

    /** Infra with more JVM flags; returns when it is ready. */
    void startInfraAlone(List<String> jvmFlags) {
        startInfra(jvmFlags, TRAINED_MAX);
    }

    /** One service with more JVM flags, without the others; returns when it is ready. Needs infra. */
    void startAlone(Service service, List<String> jvmFlags) {
        launch(service, Lan.off(), jvmFlags);
        awaitReady(service, TRAINED_MAX);
    }

    private void awaitReady(Service service, Duration longest) {
        var process = running.find(service.title).orElseThrow(() -> ended(service));
        Health.await(service.title, process, longest, layout, () -> Health.ready(service, ports));
    }

    private Fault ended(Service service) {
        return new Fault(service.title + " ended while starting\n" + Logs.end(layout.log(service.title), 25));
    }

    private void startInfra(List<String> jvmFlags, Duration longest) {
        Path folder = layout.root().resolve("deploy/infra/target");
        var command = new ArrayList<>(List.of(java()));
        command.addAll(INFRA_FLAGS);
        command.addAll(jvmFlags);
        // Not by a Class-Path in the manifest: as a dependency of test-support the jar would bring everything in lib/ a second time.
        command.addAll(List.of("-cp", "infra.jar:lib/*", "dev.parley.infra.Main"));
        var process = running.start("infra", folder, environment(Lan.off()).infra(), command);
        Health.await("infra", process.toHandle(), longest, layout, () -> Health.infraReady(layout));
    }

    private Environment environment(Lan lan) {
        return new Environment(layout, ports, new Secrets(layout), lan);
    }

    private void launch(Service service, Lan lan, List<String> jvmFlags) {
        try {
            Files.createDirectories(layout.data(service.title));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(java()));
        command.addAll(service.jvmFlags());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        running.start(service.title, service.app(layout), environment(lan).of(service), command);
    }

    /** One process that was trained, with the time its AOT cache takes. True when it went by itself. */
    boolean stop(String name) {
        return running.stopTrained(name);
    }

    /** The services first, so that they can say goodbye; infra last. Returns the names of those that had to be killed. */
    List<String> stop() {
        var killed = new ArrayList<String>();
        var names = new ArrayList<>(running.names().reversed());
        names.remove("infra");
        names.parallelStream().forEach(name -> {
            if (!running.stop(name)) synchronized (killed) {
                killed.add(name);
            }
        });
        if (!running.stop("infra")) killed.add("infra");
        return killed;
    }

    /** Ends everything at once: for a suite whose data nobody wants. */
    void kill() {
        var database = postgres();
        running.names().reversed().forEach(running::kill);
        database.ifPresent(ProcessHandle::destroy);
    }

    /** KiB, by process; PostgreSQL apart, which is not a child of infra. */
    Map<String, Long> memoryKiB() {
        var all = new LinkedHashMap<String, Long>();
        for (String name : running.names()) running.find(name).ifPresent(p -> all.put(name, Memory.residentKiB(p)));
        postgres().ifPresent(process -> all.put("postgres", Memory.residentKiB(process)));
        return all;
    }

    Optional<ProcessHandle> postgres() {
        try {
            var lines = Files.readAllLines(layout.data("infra").resolve("postgres/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether each service answers as ready now. */
    Map<Service, Boolean> readiness() {
        var all = new EnumMap<Service, Boolean>(Service.class);
        for (Service service : Service.values()) {
            all.put(service, running.find(service.title).isPresent() && Health.ready(service, ports));
        }
        return all;
    }

    boolean infraRuns() {
        return running.find("infra").isPresent();
    }

    boolean ready() {
        return infraRuns() && readiness().values().stream().allMatch(ready -> ready);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
