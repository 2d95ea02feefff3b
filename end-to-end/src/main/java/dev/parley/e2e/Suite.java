package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A running suite, as {@code ./parley status --json} describes it, and REST calls to it. Every answer other than 2xx is an {@link IOException} with its body. */
public final class Suite {
    static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final JsonNode status;

    Suite(JsonNode status) {
        this.status = status;
    }

    /** From the file that the launcher names in the system property {@code parley.status}. */
    static Suite fromProperty() throws IOException {
        String file = System.getProperty("parley.status");
        if (file == null) {
            throw new IOException("Start this by ./parley demo, which says where the suite is.");
        }
        return new Suite(JSON.readTree(Path.of(file).toFile()));
    }

    /** Page address; localhost, because a browser gives its camera to secure contexts only. */
    String web() {
        return status.path("urls").path("web").asText();
    }

    String url(String service) {
        return status.path("urls").path(service).asText();
    }

    int mediaPort() {
        return status.path("mediaPort").asInt();
    }

    JsonNode status() {
        return status;
    }

    /** Token of the first administrator. */
    String adminToken() throws IOException, InterruptedException {
        return post("account", "/v1/sign-in", null, Map.of("account", "admin", "password", secret("admin-password")))
                .path("token")
                .asText();
    }

    String serviceToken() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("account") + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=signaling&client_secret=" + secret("service-secret")))
                .build();
        return send(request).path("access_token").asText();
    }

    private String secret(String name) throws IOException {
        return Files.readString(Path.of(status.path("secrets").asText(), name)).strip();
    }

    JsonNode get(String service, String path, String token) throws IOException, InterruptedException {
        return send(request(service, path, token).GET().build());
    }

    JsonNode post(String service, String path, String token, Object body) throws IOException, InterruptedException {
        return send(request(service, path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build());
    }

    /** Waits until this resource answers 404. */
    void awaitGone(String url, String token, Duration limit) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .build();
        long deadline = System.nanoTime() + limit.toNanos();
        while (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 404) {
            if (System.nanoTime() > deadline) throw new IOException("still there: " + url);
            Thread.sleep(100);
        }
    }

    /** Fetches a file, such as a recording by its signed URL. */
    Path download(String url, Path to) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(
                HttpRequest.newBuilder(URI.create(url)).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("GET of the file answered " + response.statusCode());
            }
            Files.copy(in, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }

    private HttpRequest.Builder request(String service, String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(service) + path)).timeout(Duration.ofSeconds(20));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " answered "
                    + response.statusCode() + ": " + response.body());
        }
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    }
}
