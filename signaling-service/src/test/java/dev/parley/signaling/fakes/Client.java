package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of the protocol over a real socket. Answers are waited for; pushes gather in order. */
public final class Client implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    /** How long anything may take before a test fails, seconds. */
    private static final int PATIENCE_SECONDS = 90;

    private final WebSocket socket;
    private final StringBuilder partial = new StringBuilder();
    private final LinkedBlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final List<JsonNode> pushes = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private int nextId = 1;
    public JsonNode hello;
    public JsonNode snapshot;
    public JsonNode resumed;

    public Client(URI base) {
        URI ws = URI.create(base.toString().replaceFirst("^http", "ws").replaceFirst("/+$", "") + "/v1/ws");
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("parley.v1")
                .buildAsync(ws, this)
                .join();
    }

    public static Client connected(URI base, String token) {
        var client = new Client(base);
        client.hello = client.ok("connect", Map.of("token", token));
        return client;
    }

    /** Its participant id. */
    public String me() {
        return snapshot.path("participantId").asText();
    }

    public Client join(String roomId, String rtoken) {
        snapshot = ok("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken));
        return this;
    }

    /** The answer's data; fails the test when it was refused. */
    public JsonNode ok(String type, Object data) {
        JsonNode answer = request(type, data);
        if (answer.path("code").asInt(-1) != 0) throw new AssertionError(type + " was refused: " + answer);
        return answer.path("data");
    }

    /** Name of the error; fails the test when it was not refused. */
    public String refused(String type, Object data) {
        JsonNode answer = request(type, data);
        if (answer.path("code").asInt() == 0) throw new AssertionError(type + " was not refused: " + answer);
        return answer.path("error").asText();
    }

    public JsonNode request(String type, Object data) {
        int id = nextId++;
        try {
            send(JSON.writeValueAsString(Map.of("id", id, "type", type, "data", data)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        JsonNode answer = answer();
        if (answer.path("re").asInt() != id) throw new AssertionError("not the answer to " + type + ": " + answer);
        return answer;
    }

    /** Sends text as it is. One at a time: the JDK's WebSocket refuses two. */
    public synchronized void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Sends a binary message. */
    public synchronized void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Shows that it lives, as real clients do; until it is closed. Acknowledgements have no answer. */
    public Client keepAlive() {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    send("{\"type\":\"ack\",\"seq\":0}");
                    Thread.sleep(500);
                }
            } catch (CompletionException | InterruptedException _) {
                // closed
            }
        });
        return this;
    }

    /** The next message that is no push. */
    public JsonNode answer() {
        try {
            JsonNode answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) throw new AssertionError("no answer; pushes so far: " + pushes());
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<JsonNode> pushes() {
        synchronized (pushes) {
            return List.copyOf(pushes);
        }
    }

    public List<JsonNode> pushes(String type) {
        return pushes().stream()
                .filter(p -> p.path("type").asText().equals(type))
                .toList();
    }

    /** The first push of this type, waited for. */
    public JsonNode push(String type) {
        return push(type, _ -> true);
    }

    public JsonNode push(String type, Predicate<JsonNode> which) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (pushes) {
            while (true) {
                for (JsonNode push : pushes)
                    if (push.path("type").asText().equals(type) && which.test(push.path("data"))) return push;
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) throw new AssertionError("no push " + type + " among " + pushes);
                try {
                    pushes.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** The last seq that it has seen. */
    public long seq() {
        long seq = snapshot == null ? 0 : snapshot.path("seq").asLong();
        for (JsonNode push : pushes()) seq = Math.max(seq, push.path("seq").asLong());
        return seq;
    }

    /** Breaks the connection without a word. */
    public void breakOff() {
        socket.abort();
    }

    /** The close code, waited for. */
    public int closeCode() {
        try {
            return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("the socket stayed open", e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                JsonNode message = JSON.readTree(partial.toString());
                if (message.has("type")) {
                    synchronized (pushes) {
                        pushes.add(message);
                        pushes.notifyAll();
                    }
                } else answers.add(message);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
