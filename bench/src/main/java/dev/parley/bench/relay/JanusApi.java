package dev.parley.bench.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Janus' HTTP interface (https://janus.conf.meetecho.com/docs/rest.html): one session, one handle of the videoroom plugin for each peer, events
 * by long poll. Blocking; several threads may call.
 */
final class JanusApi implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofSeconds(60); // Janus answers an idle poll after 30 s

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(WAIT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final String url;
    private String session = "";
    private Thread poller;

    JanusApi(String url) {
        this.url = url;
    }

    /** What it says of itself. */
    JsonNode info() throws IOException, InterruptedException {
        return get("/info", WAIT);
    }

    /** Before all else but {@link #info}. */
    void open() throws IOException, InterruptedException {
        session = "/" + post("", message("create")).at("/data/id").asText();
        poller = Thread.ofVirtual().name("janus-poll").start(this::poll);
    }

    /** @return a new handle of the videoroom plugin */
    String attach() throws IOException, InterruptedException {
        return "/"
                + post(session, message("attach").put("plugin", "janus.plugin.videoroom"))
                        .at("/data/id")
                        .asText();
    }

    /** Ends a handle and its peer connection. */
    void detach(String handle) throws IOException, InterruptedException {
        post(session + handle, message("detach"));
    }

    /** A request that is answered at once. @return the plugin's data */
    JsonNode ask(String handle, ObjectNode body) throws IOException, InterruptedException {
        var request = message("message");
        request.set("body", body);
        return checked(post(session + handle, request).at("/plugindata/data"));
    }

    /** A request that is answered by an event. @param jsep null = none. @return the whole event, with plugindata and jsep */
    JsonNode request(String handle, ObjectNode body, ObjectNode jsep) throws IOException, InterruptedException {
        var request = message("message");
        request.set("body", body);
        if (jsep != null) request.set("jsep", jsep);
        String transaction = request.path("transaction").asText();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(transaction, answer);
        try {
            post(session + handle, request);
            JsonNode event = answer.get(WAIT.toSeconds(), TimeUnit.SECONDS);
            checked(event.at("/plugindata/data"));
            return event;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no event answers " + body, e);
        } finally {
            waiting.remove(transaction);
        }
    }

    ObjectNode body(String request) {
        return json.createObjectNode().put("request", request);
    }

    ObjectNode jsep(String type, String sdp) {
        return json.createObjectNode().put("type", type).put("sdp", sdp);
    }

    private ObjectNode message(String janus) {
        return json.createObjectNode()
                .put("janus", janus)
                .put("transaction", UUID.randomUUID().toString());
    }

    private static JsonNode checked(JsonNode data) throws IOException {
        if (data.has("error"))
            throw new IOException("janus: " + data.path("error").asText());
        return data;
    }

    private void poll() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                for (JsonNode event : get(session + "?maxev=20", POLL)) {
                    var answer = waiting.get(event.path("transaction").asText());
                    if (answer != null && event.path("janus").asText().equals("event")) answer.complete(event);
                }
            }
        } catch (IOException | InterruptedException _) {
            // Janus is gone, or we close: who waits runs into its deadline.
        }
    }

    private JsonNode get(String path, Duration wait) throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(URI.create(url + path)).timeout(wait).build());
    }

    private JsonNode post(String path, ObjectNode message) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(WAIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(message.toString()))
                .build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode answer = json.readTree(response.body());
        if (response.statusCode() != 200 || answer.path("janus").asText().equals("error")) {
            throw new IOException("janus answered " + response.statusCode() + ": " + response.body());
        }
        return answer;
    }

    @Override
    public void close() {
        if (poller != null) poller.interrupt();
    }
}
