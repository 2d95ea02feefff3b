package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** A business's own server, as small as one can be: it takes recording callbacks (MRTC-RCB-01) and acknowledges each (MRTC-RCB-03). */
final class BusinessServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer server;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    BusinessServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/callback", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            byte[] answer = JSON.createObjectNode()
                    .put("bizRequestId", body.path("bizRequestId").asText())
                    .put("code", 0)
                    .toString()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
            synchronized (received) {
                received.add(body);
                received.notifyAll();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/callback";
    }

    List<JsonNode> received() {
        return List.copyOf(received);
    }

    /** The first callback that fits, waiting for it at most so long; null when none came. */
    JsonNode await(Predicate<JsonNode> wanted, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (received) {
            while (true) {
                for (JsonNode body : received) {
                    if (wanted.test(body)) {
                        return body;
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                received.wait(left / 1_000_000 + 1);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
