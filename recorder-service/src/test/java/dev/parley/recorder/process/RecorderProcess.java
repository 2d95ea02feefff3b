package dev.parley.recorder.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.testsupport.TestAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A recorder in a process of its own, the packaged program as operators run it. */
final class RecorderProcess implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-Xmx160m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final String url;

    private RecorderProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** @param environment as docs/internals.md names it; what has no upper-case name is left out */
    static RecorderProcess start(String node, Path data, Map<String, String> environment) throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        Files.createDirectories(data);
        Path log = data.resolveSibling(node + ".log");
        var builder = new ProcessBuilder(command)
                .directory(Path.of(System.getProperty("recorder.app")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        environment.forEach((name, value) -> {
            if (name.matches("[A-Z0-9_]+")) builder.environment().put(name, value);
        });
        builder.environment().put("QUARKUS_HTTP_PORT", "" + port);
        builder.environment().put("PARLEY_NODE_ID", node);
        builder.environment().put("PARLEY_DATA_DIR", data.toString());
        var started = new RecorderProcess(builder.start(), "http://127.0.0.1:" + port);
        started.awaitReady(log);
        return started;
    }

    private void awaitReady(Path log) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + Duration.ofSeconds(240).toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) return;
            } catch (IOException _) {
                // it does not listen yet; its log tells more if it never does
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly();
        throw new IOException("the recorder does not get ready:\n" + Files.readString(log));
    }

    /** It lives and does nothing, as on a machine without a processor for it. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int status = new ProcessBuilder("kill", "-" + name, "" + process.pid())
                .start()
                .waitFor();
        if (status != 0) throw new IOException("kill -" + name + ": " + status);
    }

    /** As {@code kill -9} does it. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void start(String request) throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create(url + "/v1/recordings"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request)));
        if (answer.statusCode() != 200) throw new IOException("start: " + new String(answer.body()));
    }

    void stop(String recordId) throws Exception {
        verb(recordId, "stop");
    }

    void verb(String recordId, String verb) throws Exception {
        var answer = send(HttpRequest.newBuilder(URI.create(url + "/v1/recordings/" + recordId + ":" + verb))
                .POST(HttpRequest.BodyPublishers.noBody()));
        if (answer.statusCode() != 200) throw new IOException(verb + ": " + new String(answer.body()));
    }

    JsonNode view(String recordId) throws Exception {
        return json.readTree(send(HttpRequest.newBuilder(URI.create(url + "/v1/recordings/" + recordId)))
                .body());
    }

    String state(String recordId) throws Exception {
        return view(recordId).path("state").asText();
    }

    byte[] film(String recordId) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url + "/v1/recordings/" + recordId + "/file")))
                .body();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        request.header("Authorization", "Bearer " + TestAccount.serviceToken()).timeout(Duration.ofSeconds(120));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
