package dev.parley.recorder.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.net.Addresses;
import dev.parley.recorder.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts to business servers (MRTC-RCB-01, RCB-03). Follows no redirect. Blocking; thread safe. */
@ApplicationScoped
public class CallbackClient {
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    private final HttpClient http;
    private final Duration timeout;
    private final Addresses addresses;
    private final CallbackKeys keys;
    private final ObjectMapper json;

    CallbackClient(Settings settings, CallbackKeys keys, ObjectMapper json) {
        this.timeout = settings.callbackTimeout();
        this.addresses = new Addresses(settings.privateTargets().orElse(List.of()));
        this.keys = keys;
        this.json = json;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Signs and posts. Each try is signed at its own time, so that the receiver can refuse old ones.
     *
     * @throws IOException unless the answer is 2xx with {@code {"bizRequestId": the same, "code": 0}}, or when the address is refused
     */
    public void post(String url, String bizName, String bizRequestId, String body)
            throws IOException, InterruptedException {
        addresses.check(URI.create(url));
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        long nowMs = System.currentTimeMillis();
        keys.of(bizName)
                .ifPresent(key -> request.header("X-Parley-Timestamp", Long.toString(nowMs))
                        .header("X-Parley-Signature", "v1=" + CallbackKeys.signature(key, nowMs, body)));
        HttpResponse<byte[]> response = answer(request.build());
        if (response.statusCode() / 100 != 2) throw new IOException("HTTP status " + response.statusCode());
        JsonNode node = json.readTree(response.body());
        if (node == null || !bizRequestId.equals(node.path("bizRequestId").asText(null))) {
            throw new IOException("the answer does not repeat bizRequestId");
        }
        if (!node.path("code").isInt() || node.path("code").intValue() != 0) {
            throw new IOException("the answer's code is " + node.path("code"));
        }
    }

    /** The whole answer within the time, not only its head: a server that drips keeps nobody busy. */
    private HttpResponse<byte[]> answer(HttpRequest request) throws IOException, InterruptedException {
        var body = HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);
        var coming = http.sendAsync(request, body);
        try {
            return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } finally {
            coming.cancel(true);
        }
    }
}
