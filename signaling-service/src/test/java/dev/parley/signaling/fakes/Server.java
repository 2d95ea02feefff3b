package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Problem;
import dev.parley.contracts.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A small real HTTP server on a free port that speaks JSON; what it does is in memory. Refuses calls without a bearer token. */
abstract class Server implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer http;
    /** Answers 503 to everything. */
    public volatile boolean away;

    Server() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::exchange);
        http.start();
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** @param parts of the path, decoded. Null = 204; a String = as it is; else as JSON. Refusals become a Problem */
    abstract Object handle(String method, String[] parts, JsonNode body, String query) throws IOException;

    boolean open(String path) {
        return false;
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
            byte[] in = exchange.getRequestBody().readAllBytes();
            Object answer;
            int status = 200;
            try {
                if (away) throw new RefusedException(ErrorCode.UNAVAILABLE);
                String token = exchange.getRequestHeaders().getFirst("Authorization");
                if (!open(path) && (token == null || !token.startsWith("Bearer ")))
                    throw new RefusedException(ErrorCode.TOKEN_INVALID);
                JsonNode body = in.length == 0 || in[0] != '{' ? MissingNode.getInstance() : JSON.readTree(in);
                answer = handle(
                        exchange.getRequestMethod(),
                        path.substring(1).split("/"),
                        body,
                        exchange.getRequestURI().getQuery());
            } catch (RefusedException e) {
                status = e.code.httpStatus;
                answer = e.problem();
            } catch (RuntimeException e) {
                status = 500;
                answer = Problem.of(ErrorCode.INTERNAL, e.toString());
            }
            if (answer == null) {
                exchange.sendResponseHeaders(204, -1);
                return;
            }
            byte[] out = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, out.length);
            exchange.getResponseBody().write(out);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
