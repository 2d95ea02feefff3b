package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the suite that may be killed and started again as it was: the same command, folder and environment. Not thread safe. */
final class Victim implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(4);
    /** What infra, which speaks no HTTP, says when it is ready. */
    private static final String INFRA_READY = "INFRA-READY";

    private final List<String> command;
    private final Path folder;
    private final Map<String, String> environment;
    private final Path log;
    private ProcessHandle process;
    private long readyBefore;

    private Victim(List<String> command, Path folder, Map<String, String> environment, Path log) {
        this.command = command;
        this.folder = folder;
        this.environment = environment;
        this.log = log;
    }

    /** The suite's own process of a service. */
    static Victim of(Suite suite, String service) throws IOException {
        for (JsonNode row : suite.status().path("processes")) {
            if (!row.path("name").asText().equals(service)) continue;
            long pid = row.path("pid").asLong();
            var environment = new HashMap<String, String>();
            for (String variable : words(pid, "environ")) {
                int equals = variable.indexOf('=');
                if (equals > 0) environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            Path folder = Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd"));
            Path log = Path.of(row.path("log").asText());
            var victim = new Victim(words(pid, "cmdline"), folder, environment, log);
            victim.process = ProcessHandle.of(pid).orElseThrow();
            return victim;
        }
        throw new IllegalArgumentException("no process named " + service);
    }

    private static List<String> words(long pid, String file) throws IOException {
        return Arrays.asList(
                Files.readString(Path.of("/proc/" + pid + "/" + file)).split("\0"));
    }

    /** Starts another copy and waits until it is ready. @param settings in which it differs, besides its port and node id */
    Victim copy(String nodeId, int port, Map<String, String> settings) throws IOException, InterruptedException {
        var environment = new HashMap<>(this.environment);
        environment.put("QUARKUS_HTTP_PORT", "" + port);
        environment.put("PARLEY_NODE_ID", nodeId);
        environment.putAll(settings);
        var copy = new Victim(command, folder, environment, log.resolveSibling(nodeId + ".log"));
        copy.start();
        return copy;
    }

    String nodeId() {
        return environment.get("PARLEY_NODE_ID");
    }

    String setting(String name) {
        return environment.get(name);
    }

    private String said() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it and waits until it is ready. */
    void start() throws IOException, InterruptedException {
        launch();
        awaitReady();
    }

    void launch() throws IOException {
        readyBefore = timesReady();
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        process = builder.start().toHandle();
    }

    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (environment.containsKey("QUARKUS_HTTP_PORT") ? answersReady() : timesReady() > readyBefore) return;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException(command + " does not get ready; see " + log);
    }

    private boolean answersReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + environment.get("QUARKUS_HTTP_PORT") + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false; // it does not listen yet; its log tells more if it never does
        }
    }

    private long timesReady() throws IOException {
        return times(INFRA_READY);
    }

    /** In how many lines it and its former lives said this. */
    int times(String text) throws IOException {
        return (int) said().lines().filter(line -> line.contains(text)).count();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
