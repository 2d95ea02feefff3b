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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Another copy of a running service: the same program in the same folder with the same environment, but for its port and its node id. */
final class SecondCopy implements AutoCloseable {
    private final Process process;
    private final String url;

    private SecondCopy(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it and waits until it is ready. */
    static SecondCopy of(Suite suite, String service, int port) throws IOException, InterruptedException {
        return of(suite, service, service + "-2", port, Map.of());
    }

    /** @param settings environment in which it differs from the first copy, besides port and node id */
    static SecondCopy of(Suite suite, String service, String nodeId, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        long pid = pid(suite, service);
        List<String> command = new ArrayList<>(Arrays.asList(
                Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0")));
        Path log = Path.of(suite.status().path("logs").asText(), nodeId + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(
                        Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        for (String variable :
                Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0")) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        builder.environment().put("QUARKUS_HTTP_PORT", "" + port);
        builder.environment().put("PARLEY_NODE_ID", nodeId);
        builder.environment().putAll(settings);
        SecondCopy copy = new SecondCopy(builder.start(), "http://127.0.0.1:" + port);
        copy.awaitReady(log);
        return copy;
    }

    static long pid(Suite suite, String service) {
        for (JsonNode process : suite.status().path("processes")) {
            if (process.path("name").asText().equals(service)) {
                return process.path("pid").asLong();
            }
        }
        throw new IllegalArgumentException("no process named " + service);
    }

    String url() {
        return url;
    }

    /** As {@code kill -9} does it. */
    void kill() {
        process.destroyForcibly();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline && process.isAlive()) {
                try {
                    if (http.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // It does not listen yet; the log tells more if it never does.
                }
                process.waitFor(200, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
        process.destroyForcibly();
        throw new IOException("the second copy does not get ready:\n" + Files.readString(log));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
