package dev.parley.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls to the suite's own services. */
final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    private Http() {}

    /** A service token by client credentials (docs/internals.md), as one of the services. */
    static String serviceToken(Ports ports, Secrets secrets, String client) {
        String form = "grant_type=client_credentials&client_id=" + client + "&client_secret="
                + URLEncoder.encode(secrets.serviceSecret(), StandardCharsets.UTF_8);
        var answer = post(
                Service.ACCOUNT.url(ports) + "/oauth2/token", "", "application/x-www-form-urlencoded", form);
        if (answer.statusCode() != 200) throw new Fault("account gave no token: " + answer.statusCode() + " " + answer.body());
        return Json.string(answer.body(), "access_token")
                .orElseThrow(() -> new Fault("account's answer has no access_token"));
    }

    static HttpResponse<String> post(String url, String bearer, String type, String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) request.header("Authorization", "Bearer " + bearer);
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Fault("no answer from " + url + ": " + e + "\n    is the suite running? ./parley status");
        } catch (InterruptedException e) {
            throw new Fault("interrupted");
        }
    }
}
