package dev.parley.recorder.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A business server that takes callbacks, over real HTTP; what it answers may be chosen. */
public final class BusinessServer implements AutoCloseable {
    /** Answers one callback. */
    public interface Manner {
        void answer(HttpExchange exchange, JsonNode body) throws IOException, InterruptedException;
    }

    private final ObjectMapper json = new ObjectMapper();
    private final List<JsonNode> callbacks = Collections.synchronizedList(new ArrayList<>());
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public BusinessServer() throws IOException {
        this(BusinessServer::understand);
    }

    public BusinessServer(Manner manner) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            texts.add(new String(bytes, StandardCharsets.UTF_8));
            JsonNode body = json.readTree(bytes);
            callbacks.add(body);
            try {
                manner.answer(exchange, body);
            } catch (InterruptedException _) {
                exchange.close(); // the test is over
            }
        });
        server.start();
    }

    /** As MRTC-RCB-03 wants it. */
    public static void understand(HttpExchange exchange, JsonNode body) throws IOException {
        answer(exchange, 200, "{\"bizRequestId\":" + body.get("bizRequestId") + ",\"code\":0}");
    }

    public static void answer(HttpExchange exchange, int status, String text) throws IOException {
        exchange.sendResponseHeaders(status, text.length());
        exchange.getResponseBody().write(text.getBytes());
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    public List<JsonNode> callbacks() {
        synchronized (callbacks) {
            return List.copyOf(callbacks);
        }
    }

    /** The body of a callback as it came. */
    public String text(int index) {
        return texts.get(index);
    }

    /** Event codes of one recording in the order of arrival. */
    public List<Integer> codes(String recordId) {
        return callbacks().stream()
                .filter(c -> c.get("recordId").asText().equals(recordId))
                .map(c -> c.get("eventCode").intValue())
                .toList();
    }

    /** The same without repetitions, which a process that died before it noted its success makes: a receiver tells them by bizRequestId. */
    public List<Integer> codesOnce(String recordId) {
        var seen = new HashSet<String>();
        return callbacks().stream()
                .filter(c -> c.get("recordId").asText().equals(recordId))
                .filter(c -> seen.add(c.get("bizRequestId").asText()))
                .map(c -> c.get("eventCode").intValue())
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
