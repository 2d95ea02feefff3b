package dev.parley.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A relay's REST interface as signaling uses it. Blocking; ids must need no escaping. */
public final class RelayApi {
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(WAIT).build();
    private final ObjectMapper json =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private final String url;
    private final String token;

    public RelayApi(String url, String token) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
    }

    public void openRoom(String roomId) throws IOException, InterruptedException {
        send("PUT", "/v1/rooms/" + roomId, "");
    }

    public void closeRoom(String roomId) throws IOException, InterruptedException {
        send("DELETE", "/v1/rooms/" + roomId, "");
    }

    /** Its health. */
    public boolean isReady() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
                .timeout(WAIT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    public NegotiateAnswer negotiate(String roomId, String transportId, NegotiateRequest request)
            throws IOException, InterruptedException {
        String path = "/v1/rooms/" + roomId + "/transports/" + transportId;
        return json.readValue(send("PUT", path, json.writeValueAsString(request)), NegotiateAnswer.class);
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(WAIT)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
