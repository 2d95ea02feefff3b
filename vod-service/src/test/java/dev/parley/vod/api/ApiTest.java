package dev.parley.vod.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import dev.parley.vod.domain.MediaStore;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "vod"))
class ApiTest {
    private static final String GOOD = """
            {"vodId":"v1","roomId":"r1","relay":{"nodeId":"n","bootId":"b","kind":"RELAY","url":"","media":{"host":"127.0.0.1","port":1,
             "fingerprint":"%s"},"region":"","load":0,"rooms":0,"draining":false,"lastSeenMs":0},
             "feed":{"feedId":"f","participantId":"p","uid":"","displayName":"","tag":"","source":"playback"},
             "file":"vod/there-is-none.mp4","timeoutSeconds":5,"loop":false}
            """.formatted("ab".repeat(32));

    @Inject
    MediaStore store;

    @Test
    void aFileThatIsNotInTheStoreIsRefused() {
        post(GOOD).then().statusCode(404).body("code", is(4002)).body("error", is("PLAYBACK_FILE"));
        post(GOOD.replace("vod/there-is-none.mp4", "recordings/other.mp4"))
                .then()
                .statusCode(404)
                .body("code", is(4002));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"vodId\":\"v1\"|\"vodId\":\"a b\"|vodId",
                "\"vodId\":\"v1\"|\"vodId\":null|vodId",
                "\"roomId\":\"r1\"|\"roomId\":\"\"|roomId",
                "\"timeoutSeconds\":5|\"timeoutSeconds\":0|timeoutSeconds",
                "\"timeoutSeconds\":5|\"timeoutSeconds\":61|timeoutSeconds",
                "\"port\":1|\"port\":70000|port",
                "\"feedId\":\"f\"|\"feedId\":\"\"|feedId",
                "\"fingerprint\":\"ab|\"fingerprint\":\"xy|fingerprint",
                "\"nodeId\":\"n\"|\"nodeId\":null|nodeId"
            })
    void aFieldOutOfRangeIsNamed(String good, String bad, String field) {
        post(GOOD.replace(good, bad))
                .then()
                .statusCode(400)
                .body("code", is(9001))
                .body("message", containsString(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{\"timeoutSeconds\":\"many\"}", ""})
    void aBodyThatIsNoRequestIsRefused(String body) {
        post(body).then().statusCode(400).body("code", is(9001)).body("error", is("BAD_REQUEST"));
    }

    @Test
    void withoutAServicesTokenNothingIsAnswered() {
        given().get("/v1/files").then().statusCode(401).body("error", is("TOKEN_INVALID"));
        given().auth().oauth2("rubbish").get("/v1/files").then().statusCode(401).body("error", is("TOKEN_INVALID"));
        given().auth()
                .oauth2(TestAccount.expiredToken())
                .get("/v1/files")
                .then()
                .statusCode(401)
                .body("error", is("TOKEN_INVALID"));
        given().auth()
                .oauth2(TestAccount.userToken())
                .get("/v1/files")
                .then()
                .statusCode(403)
                .body("error", is("NOT_ALLOWED"));
        given().auth()
                .oauth2(TestAccount.userToken())
                .contentType(ContentType.JSON)
                .body(GOOD)
                .post("/v1/playbacks")
                .then()
                .statusCode(403);
    }

    @Test
    void anUnknownPlaybackIsNotFound() {
        service().get("/v1/playbacks/none").then().statusCode(404).body("code", is(4001));
        service()
                .urlEncodingEnabled(false)
                .post("/v1/playbacks/none:stop")
                .then()
                .statusCode(404)
                .body("code", is(4001));
        service()
                .urlEncodingEnabled(false)
                .post("/v1/playbacks/none%3Astop")
                .then()
                .statusCode(404)
                .body("code", is(4001));
        service().get("/v1/nothing").then().statusCode(404).body("code", is(9006));
    }

    @Test
    void aRoomWithoutPlaybacksHasAnEmptyList() {
        service()
                .queryParam("roomId", "none")
                .get("/v1/playbacks")
                .then()
                .statusCode(200)
                .body("size()", is(0));
        service().get("/v1/playbacks").then().statusCode(400).body("message", containsString("roomId"));
    }

    @Test
    void keepsFilesInTheStore() {
        String name = UUID.randomUUID() + ".mp4";
        service()
                .contentType("video/mp4")
                .body(new byte[100_000])
                .put("/v1/files/" + name)
                .then()
                .statusCode(200)
                .body("key", is("vod/" + name))
                .body("sizeBytes", is(100_000));
        service()
                .contentType("video/mp4")
                .body(new byte[50])
                .put("/v1/files/" + name)
                .then()
                .statusCode(200)
                .body("sizeBytes", is(50));
        service().get("/v1/files").then().statusCode(200).body("key", hasItem("vod/" + name));
        assertEquals(50, store.find("vod/" + name).orElseThrow().sizeBytes());
    }

    @Test
    void refusesAFileWithoutContentOrWithABadName() {
        service()
                .contentType("video/mp4")
                .put("/v1/files/empty.mp4")
                .then()
                .statusCode(400)
                .body("code", is(9001));
        service()
                .contentType("video/mp4")
                .body(new byte[1])
                .put("/v1/files/.hidden")
                .then()
                .statusCode(400)
                .body("code", is(9001));
    }

    @Test
    void refusesAFileAboveTheLimitWhetherItsLengthIsToldOrNot() throws Exception {
        byte[] large = new byte[6_000_001]; // the limit of the test's settings is 6 MB
        service()
                .contentType("video/mp4")
                .body(large)
                .put("/v1/files/large.mp4")
                .then()
                .statusCode(413)
                .body("error", is("TOO_LARGE"));
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/files/large.mp4"))
                    .header("Authorization", "Bearer " + TestAccount.serviceToken())
                    .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))) // chunked
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertEquals(413, answer.statusCode(), answer.body());
        }
        assertTrue(store.find("vod/large.mp4").isEmpty());
    }

    @Test
    void makesTheBotsClipByItself() throws Exception {
        long untilNs = System.nanoTime() + 60_000_000_000L;
        while (store.find("vod/bot.mp4").isEmpty()) {
            assertTrue(System.nanoTime() < untilNs, "no clip within a minute");
            LockSupport.parkNanos(100_000_000);
        }
        Path file = Files.createTempFile("vod-", ".mp4");
        try (var in = store.readUrl("vod/bot.mp4").toURL().openStream()) {
            Files.write(file, in.readAllBytes());
            assertEquals(
                    List.of("h264,640,360,25/1", "aac"),
                    run(
                                    "ffprobe",
                                    "-v",
                                    "error",
                                    "-show_entries",
                                    "stream=codec_name,width,height,r_frame_rate:stream_tags=none",
                                    "-of",
                                    "csv=p=0",
                                    file.toString())
                            .lines()
                            .map(line -> line.startsWith("aac") ? "aac" : line)
                            .toList());
            double seconds = Double.parseDouble(
                    run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString())
                            .strip());
            assertEquals(24, seconds, 0.5);
            String loudness = run(
                    "ffmpeg", "-hide_banner", "-nostats", "-i", file.toString(), "-af", "ebur128", "-f", "null", "-");
            var matcher =
                    java.util.regex.Pattern.compile("I:\\s+(-?[0-9.]+) LUFS").matcher(loudness);
            double lufs = 0;
            while (matcher.find()) lufs = Double.parseDouble(matcher.group(1)); // the last is the summary's
            assertEquals(-23, lufs, 3, "moderate loudness");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void isReadyAndDescribesItself() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("checks.name", hasItem("ffmpeg"));
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/playbacks/{vodId}:stop"));
        given().get("/q/metrics").then().statusCode(200).body(containsString("parley_vod_datagrams_total"));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static io.restassured.response.Response post(String body) {
        return service().contentType(ContentType.JSON).body(body).post("/v1/playbacks");
    }

    private static RequestSpecification service() {
        return given().auth().oauth2(TestAccount.serviceToken());
    }
}
