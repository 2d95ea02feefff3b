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
    private static final Duration INFRA_MAX = Duration.ofSeconds(60);
    private static final Duration SERVICE_MAX = Duration.ofSeconds(90);

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
    private final ClassArchives archives;

    Suite(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
        this.running = new Running(layout);
        this.archives = new ClassArchives(layout);
    }

    /** Infra first, then the six side by side: they migrate their schemas at start. */
    void start(Lan lan, Steps steps) {
        var environment = new Environment(layout, ports, new Secrets(layout), lan);
        steps.step("PostgreSQL, Kafka, S3", () -> startInfra(environment));
        long fromNs = System.nanoTime();
        for (Service service : Service.values()) launch(service, environment);
        steps.sideBySide(waiting -> {
            for (Service service : Service.values()) {
                var process = running.find(service.title).orElseThrow(() -> ended(service));
                waiting.add(service.title + " on " + service.port(ports), fromNs, () -> Health.await(
                        service.title, process, SERVICE_MAX, layout, () -> Health.ready(service, ports)));
            }
        });
    }

    private Fault ended(Service service) {
        return new Fault(service.title + " ended while starting\n" + Logs.end(layout.log(service.title), 25));
    }

    private void startInfra(Environment environment) {
        Path folder = layout.root().resolve("deploy/infra/target");
        var command = new ArrayList<>(List.of(java()));
        command.addAll(INFRA_FLAGS);
        command.addAll(archives.jvmFlags("infra"));
        // Not by a Class-Path in the manifest: as a dependency of test-support the jar would bring everything in lib/ a second time.
        command.addAll(List.of("-cp", "infra.jar:lib/*", "dev.parley.infra.Main"));
        var process = running.start("infra", folder, environment.infra(), command);
        Health.await("infra", process.toHandle(), INFRA_MAX, layout, () -> Health.infraReady(layout));
    }

    private void launch(Service service, Environment environment) {
        try {
            Files.createDirectories(layout.data(service.title));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new ArrayList<>(List.of(java()));
        command.addAll(service.jvmFlags());
        command.addAll(archives.jvmFlags(service.title));
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        running.start(service.title, service.app(layout), environment.of(service), command);
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
