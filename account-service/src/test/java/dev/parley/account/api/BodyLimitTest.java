package dev.parley.account.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres"))
@WithTestResource(Secrets.class)
class BodyLimitTest {
    private static final byte[] TOO_LARGE =
            ("{\"account\":\"" + "a".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8);

    @TestHTTPResource("/v1/sign-in")
    URI signIn;

    @Test
    void aBodyThatSaysThatItIsTooLargeIsRefusedWithTheLimit() throws Exception {
        refused(HttpRequest.BodyPublishers.ofByteArray(TOO_LARGE));
    }

    @Test
    void aBodyInChunksThatTurnsOutTooLargeIsRefusedAlike() throws Exception {
        refused(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE)));
    }

    private void refused(HttpRequest.BodyPublisher body) throws Exception {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(signIn)
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(413, answer.statusCode(), answer.body());
            assertTrue(answer.body().contains("\"error\":\"TOO_LARGE\""), "body: " + answer.body());
            assertTrue(answer.body().contains("65536"), answer.body());
        }
    }
}
