package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.app.FileService;
import dev.parley.signaling.domain.port.FileStore;
import dev.parley.signaling.fakes.Client;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files from one person to the others, through a real object store. */
@QuarkusTest
class FileTest extends SocketTest {

    @Inject
    FileService files;

    @Inject
    FileStore store;

    @Test
    @Tag("MRTC-FEA-31")
    void anUploadedFileReachesTheOthersAsALinkAndWhatTheyDownloadIsTheOriginal() throws Exception {
        Client ann = host();
        Client bob = guest(ann);
        byte[] original = bytes(3_000_000);
        JsonNode offer = ann.ok(
                "offerFile",
                Map.of("name", "C:\\docs\\季度 \"Q3\".pdf", "contentType", "application/pdf", "bytes", original.length));
        assertEquals("季度 _Q3_.pdf", offer.path("name").asText());
        assertEquals(200, put(offer, original).statusCode());

        JsonNode sent = ann.ok("sendFile", Map.of("fileId", offer.path("fileId").asText()));
        JsonNode push = bob.push("file");
        assertEquals(sent.path("seq"), push.path("seq"));
        JsonNode file = push.path("data");
        assertEquals(ann.me(), file.path("from").asText());
        assertEquals(ann.hello.path("uid"), file.path("uid"));
        assertEquals(offer.path("fileId"), file.path("fileId"));
        assertEquals("季度 _Q3_.pdf", file.path("name").asText());
        assertEquals("application/pdf", file.path("contentType").asText());
        assertEquals(original.length, file.path("bytes").asLong());
        assertTrue(file.path("expiresAtMs").asLong() > file.path("sentAtMs").asLong());
        assertEquals(sent.path("url"), file.path("url"));

        HttpResponse<byte[]> download = get(file.path("url").asText());
        assertEquals(200, download.statusCode());
        assertArrayEquals(original, download.body());
        assertEquals(
                "attachment; filename=\"__ _Q3_.pdf\"; filename*=UTF-8''%E5%AD%A3%E5%BA%A6%20_Q3_.pdf",
                download.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals(
                "application/octet-stream",
                download.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void aPageOfAnotherOriginMayPutAndNobodyGuessesTheAddress() throws Exception {
        Client ann = host();
        JsonNode offer = offer(ann, "a.txt", 4);
        String origin = "http://localhost:7100";
        var preflight = send(
                HttpRequest.newBuilder(uploadUrl(offer))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "PUT")
                        .header("Access-Control-Request-Headers", "content-type")
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, preflight.statusCode(), preflight.body());
        assertTrue(
                allowedOrigin(preflight).matches("\\*|" + origin),
                preflight.headers().toString());
        assertTrue(preflight
                .headers()
                .firstValue("Access-Control-Allow-Methods")
                .orElse("")
                .contains("PUT"));
        var put = send(
                HttpRequest.newBuilder(uploadUrl(offer))
                        .PUT(BodyPublishers.ofString("four"))
                        .header("Origin", origin)
                        .header("Content-Type", "text/plain")
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, put.statusCode(), put.body());
        assertTrue(allowedOrigin(put).matches("\\*|" + origin), put.headers().toString());

        String url = uploadUrl(offer).toString();
        String unsigned = url.substring(0, url.indexOf('?'));
        assertEquals(403, get(unsigned).statusCode());
        assertEquals(403, get(url).statusCode(), "it was signed for putting");
        String otherFile = url.replace(offer.path("fileId").asText(), "file-000000000000000000000000");
        assertNotEquals(url, otherFile);
        assertEquals(
                403,
                send(
                                HttpRequest.newBuilder(URI.create(otherFile))
                                        .PUT(BodyPublishers.ofString("four"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode());
    }

    private static String allowedOrigin(HttpResponse<?> response) {
        return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    @Test
    void aFileIsARowOfTheLogLikeATextAndSurvivesABrokenSocket() throws Exception {
        Client ann = host();
        Client bob = guest(ann);
        Client eve = guest(ann);
        long seen = bob.seq();
        bob.breakOff();
        ann.ok("sendText", Map.of("text", "before"));
        JsonNode offer = offer(ann, "a.bin", 5);
        put(offer, bytes(5));
        var request = Map.of("fileId", offer.path("fileId").asText(), "to", List.of(bob.me()), "requestKey", "k1");
        JsonNode sent = ann.ok("sendFile", request);
        assertEquals(sent, ann.ok("sendFile", request), "repeated, it is answered and not sent again");
        ann.ok("sendText", Map.of("text", "after"));

        Client back = resume(bob, seen);
        back.push("text", data -> data.path("text").asText().equals("after"));
        assertEquals(
                List.of("text", "file", "text"),
                back.pushes().stream()
                        .map(push -> push.path("type").asText())
                        .filter(type -> type.equals("text") || type.equals("file"))
                        .toList());
        assertEquals(sent.path("seq"), back.push("file").path("seq"));
        eve.push("text", data -> data.path("text").asText().equals("after"));
        assertEquals(List.of(), eve.pushes("file"), "it was for somebody else");
        assertEquals(List.of(), ann.pushes("file"));
    }

    @Test
    void whatIsNotInTheStoreAsOfferedIsNotSent() throws Exception {
        Client ann = host();
        Client bob = guest(ann);
        JsonNode offer = offer(ann, "a.bin", 5);
        var request = Map.of("fileId", offer.path("fileId").asText());
        assertEquals("FILE_NOT_UPLOADED", ann.refused("sendFile", request));
        assertEquals(403, put(offer, bytes(6)).statusCode(), "the length is signed");
        assertEquals(403, put(offer, bytes(4)).statusCode());
        assertEquals("FILE_NOT_UPLOADED", ann.refused("sendFile", request));
        assertEquals("FILE_NOT_FOUND", bob.refused("sendFile", request));
        assertEquals(200, put(offer, bytes(5)).statusCode());
        assertEquals("FILE_NOT_FOUND", bob.refused("sendFile", request));
        assertEquals(
                "PARTICIPANT_NOT_FOUND",
                ann.refused("sendFile", Map.of("fileId", offer.path("fileId").asText(), "to", List.of("p-none"))));
        ann.ok("sendFile", request);
        assertEquals("FILE_NOT_FOUND", ann.refused("sendFile", request));
        assertEquals(1, List.of(bob.push("file")).size());
    }

    @Test
    void whatMayNotBeSentIsRefusedBeforeItIsUploaded() {
        Client ann = host();
        assertEquals("BAD_REQUEST", ann.refused("offerFile", Map.of("bytes", 5)));
        assertEquals("BAD_REQUEST", ann.refused("offerFile", Map.of("name", "a")));
        assertEquals("BAD_REQUEST", ann.refused("offerFile", Map.of("name", "a", "bytes", "many")));
        assertEquals("BAD_REQUEST", ann.refused("offerFile", Map.of("name", "a", "bytes", 5, "contentType", "x")));
        assertEquals("BAD_REQUEST", ann.refused("offerFile", Map.of("name", "a".repeat(2_000), "bytes", 5)));
        assertEquals("TOO_LARGE", ann.refused("offerFile", Map.of("name", "a", "bytes", 100L * 1024 * 1024 + 1)));
        assertEquals("TOO_LARGE", ann.refused("offerFile", Map.of("name", "a", "bytes", Long.MAX_VALUE)));
        assertEquals("FILE_TYPE_REFUSED", ann.refused("offerFile", Map.of("name", "Setup.EXE", "bytes", 5)));
        for (int i = 0; i < 32; i++) offer(ann, "a", 1);
        assertEquals("ROOM_LIMIT", ann.refused("offerFile", Map.of("name", "a", "bytes", 5)));
        Client outside = user("outside");
        assertEquals("NOT_IN_ROOM", outside.refused("offerFile", Map.of("name", "a", "bytes", 5)));
        assertEquals("NOT_IN_ROOM", outside.refused("sendFile", Map.of("fileId", "file-1")));
        ann.ok("ping", Map.of());
    }

    @Test
    void aLinkLeadsNowhereAfterItsTime() throws Exception {
        Client ann = host();
        JsonNode offer = offer(ann, "a.bin", 5);
        put(offer, bytes(5));
        String path = uploadUrl(offer).getPath();
        String key = path.substring(path.indexOf("shared/"));
        assertEquals(OptionalLong.of(5), store.bytes(key));
        String url = store.downloadUrl(key, "a.bin", Duration.ofSeconds(1));
        until("the link has expired", () -> {
            try {
                return get(url).statusCode() == 403;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void whatNothingLeadsToAnyMoreIsDeletedSentOrNot() throws Exception {
        Client ann = host();
        Client bob = guest(ann);
        JsonNode never = offer(ann, "never.bin", 5);
        put(never, bytes(5));
        JsonNode offer = offer(ann, "a.bin", 5);
        put(offer, bytes(5));
        ann.ok("sendFile", Map.of("fileId", offer.path("fileId").asText()));
        String url = bob.push("file").at("/data/url").asText();
        ann.ok("endRoom", Map.of());
        long now = Clock.systemUTC().millis();
        files.forget(now + Duration.ofHours(24).toMillis());
        assertEquals(200, get(url).statusCode(), "the link's time is not over");
        files.forget(now + Duration.ofHours(28).toMillis());
        assertEquals(404, get(url).statusCode());
        String path = uploadUrl(never).getPath();
        assertEquals(OptionalLong.empty(), store.bytes(path.substring(path.indexOf("shared/"))));
    }

    private static JsonNode offer(Client client, String name, int bytes) {
        return client.ok("offerFile", Map.of("name", name, "bytes", bytes));
    }

    private static URI uploadUrl(JsonNode offer) {
        return URI.create(offer.path("uploadUrl").asText());
    }

    private static HttpResponse<String> put(JsonNode offer, byte[] body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uploadUrl(offer))
                        .PUT(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** On a connection of its own: a store that refuses without reading what comes closes the one it has, and the next request would find it closing. */
    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, body);
        }
    }

    private static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
