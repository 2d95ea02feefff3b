package dev.parley.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./parley status [--json]}: exit status 0 when all is ready, 1 when not. */
final class Status {
    private final Layout layout;
    private final Ports ports;
    private final Suite suite;
    private final Running running;

    Status(Layout layout, Ports ports) {
        this.layout = layout;
        this.ports = ports;
        this.suite = new Suite(layout, ports);
        this.running = new Running(layout);
    }

    int run(String[] arguments) {
        if (arguments.length > 1 || arguments.length == 1 && !arguments[0].equals("--json")) {
            throw new Fault("usage: ./parley status [--json]");
        }
        var all = describe();
        if (arguments.length == 1) System.out.println(Json.write(all));
        else table(all);
        return Boolean.TRUE.equals(all.get("ready")) ? 0 : 1;
    }

    /** The same as a file for the programs that we start; mode 0600, because folders of secrets are named in it. */
    Path write() {
        Path file = layout.run().resolve("status.json");
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, Json.write(describe()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> describe() {
        var readiness = suite.readiness();
        var processes = new ArrayList<Map<String, Object>>();
        boolean infra = suite.infraRuns() && Health.infraReady(layout);
        processes.add(process("infra", null, infra ? "UP" : "DOWN"));
        for (Service service : Service.values()) {
            boolean alive = running.find(service.title).isPresent();
            processes.add(process(
                    service.title, service, readiness.get(service) ? "UP" : alive ? "NOT READY" : "DOWN"));
        }
        if (running.find("authority").isPresent()) processes.add(process("authority", null, "UP"));
        var urls = new LinkedHashMap<String, Object>();
        urls.put("web", Urls.web(ports));
        urls.put("console", Urls.console(ports));
        LanFront.url(layout, ports).ifPresent(url -> urls.put("lan", url));
        for (Service service : Service.values()) urls.put(service.title, service.url(ports));
        urls.put("postgres", "postgresql://127.0.0.1:" + ports.postgres() + "/parley");
        urls.put("kafka", "127.0.0.1:" + ports.kafka());
        urls.put("s3", "http://127.0.0.1:" + ports.s3());
        var all = new LinkedHashMap<String, Object>();
        all.put("ready", infra && readiness.values().stream().allMatch(ready -> ready));
        all.put("portBase", ports.base());
        all.put("mediaPort", ports.media());
        all.put("root", layout.root());
        all.put("home", layout.home());
        all.put("secrets", layout.secrets());
        all.put("logs", layout.logs());
        all.put("urls", urls);
        all.put("processes", processes);
        return all;
    }

    private Map<String, Object> process(String name, Service service, String health) {
        var row = new LinkedHashMap<String, Object>();
        var process = running.find(name);
        row.put("name", name);
        row.put("health", health);
        row.put("pid", process.map(ProcessHandle::pid).orElse(null));
        row.put("port", service == null ? null : service.port(ports));
        row.put("url", service == null ? null : service.url(ports));
        row.put("residentKiB", process.map(Memory::residentKiB).orElse(0L));
        row.put("startedAt", process.map(Running::startedAt).orElse(null));
        row.put("log", layout.log(name));
        return row;
    }

    @SuppressWarnings("unchecked")
    private void table(Map<String, Object> all) {
        System.out.printf("%-10s %-10s %8s %6s %9s  %s%n", "name", "health", "pid", "port", "MiB", "since");
        for (var row : (List<Map<String, Object>>) all.get("processes")) {
            System.out.printf(
                    "%-10s %-10s %8s %6s %9d  %s%n",
                    row.get("name"),
                    row.get("health"),
                    text(row.get("pid")),
                    text(row.get("port")),
                    (long) row.get("residentKiB") / 1024,
                    text(row.get("startedAt")));
        }
        suite.postgres()
                .ifPresent(process -> System.out.printf(
                        "%-10s %-10s %8d %6d %9d  %s%n",
                        "postgres",
                        "UP",
                        process.pid(),
                        ports.postgres(),
                        Memory.residentKiB(process) / 1024,
                        Running.startedAt(process)));
        if (Boolean.TRUE.equals(all.get("ready"))) Urls.print(layout, ports);
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }
}
