package dev.parley.recorder.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.compose.Clips;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.rtp.framed.TrackEvent;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on real PostgreSQL, Kafka and S3, with a tap over real TLS and a business server over real HTTP. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class RecordingTest {
    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final String id = UUID.randomUUID().toString();
    private final List<JsonNode> callbacks = Collections.synchronizedList(new ArrayList<>());
    private RelayTap relay;
    private HttpServer business;

    @BeforeEach
    void open() throws Exception {
        relay = new RelayTap();
        business = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        business.createContext("/", exchange -> {
            JsonNode body = json.readTree(exchange.getRequestBody());
            callbacks.add(body);
            int call = callbacks.size();
            String answer = call == 2 ? "garbage" : "{\"bizRequestId\":" + body.get("bizRequestId") + ",\"code\":0}";
            exchange.sendResponseHeaders(call == 1 ? 500 : 200, answer.length());
            exchange.getResponseBody().write(answer.getBytes());
            exchange.close();
        });
        business.start();
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
        business.stop(0);
    }

    @Test
    @Tag("MRTC-RCB-01")
    @Tag("MRTC-RCB-02")
    @Tag("MRTC-RCB-03")
    @Tag("MRTC-EVT-0")
    @Tag("MRTC-EVT-10")
    @Tag("MRTC-EVT-11")
    @Tag("MRTC-EVT-99")
    @Tag("MRTC-FEA-24")
    void aRoomIsTappedThroughABrokenNetworkComposedStoredAndReported() throws Exception {
        start(request(id, "")).statusCode(200).body("state", equalTo("STARTING"));
        start(request(id, "")).statusCode(200); // safe to repeat
        until("the tap is open", () -> !relay.hellos().isEmpty());
        relay.hold(); // a recorder that hears late must not say that it began late

        TrackEvent voice = JournalMaker.track("ann", MediaKind.AUDIO, 77, "opus");
        relay.track(voice);
        List<Clips.Unit> tone = Clips.opus(440, 3);
        long begin = System.nanoTime();
        for (int i = 0; i < tone.size(); i++) {
            LockSupport.parkNanos(begin + i * 20_000_000L - System.nanoTime()); // the rate of a real microphone
            if (i == 50) relay.release();
            if (i == 75) relay.cut();
            relay.packet(rtp(voice, i, tone.get(i).data()));
        }
        until("the tap is open again", () -> relay.hellos().size() >= 2);
        assertEquals("boot-1", relay.hellos().get(1).epoch(), "resumes where it was");
        assertTrue(
                relay.hellos().get(1).from() > 60 && relay.hellos().get(1).from() <= 76,
                "from " + relay.hellos().get(1).from());
        until("recording", () -> "RECORDING".equals(state()));
        until("a start is told", () -> startedAtMs() > 0);
        long startedAtMs = startedAtMs();
        long lateMs = startedAtMs - relay.arrivedMs(0); // it was noticed 1 s after it had arrived
        assertTrue(Math.abs(lateMs) < 300, lateMs + " ms after the first packet arrived");
        asService()
                .post("/v1/recordings/" + id + ":stop")
                .then()
                .statusCode(200)
                .body("state", equalTo("COMPOSING"));
        long stoppedMs = System.currentTimeMillis();
        asService().post("/v1/recordings/" + id + ":stop").then().statusCode(200);
        until("done", () -> "DONE".equals(state()));

        var view = asService().get("/v1/recordings/" + id).then().extract().jsonPath();
        long durationMs = view.getLong("durationMs");
        assertTrue(durationMs > 2_300, "all 3 s of speech: " + durationMs);
        long saidMs = stoppedMs - startedAtMs;
        assertTrue(durationMs < saidMs + 150, "from the start to the stop: " + durationMs + " of " + saidMs);
        assertEquals(startedAtMs, view.getLong("startedAtMs"), "the film does not say another start");
        assertEquals(1, view.getInt("mediaType"));
        assertEquals("recordings/" + id + "/" + id + ".mp4", view.getString("filePath"));
        assertTrue(!view.getString("message").contains("lost"), view.getString("message"));
        byte[] film = asService()
                .get("/v1/recordings/" + id + "/file")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        assertEquals(view.getLong("sizeBytes"), film.length);
        long creationMs = Clips.creationMs(Files.write(folder.resolve("film.mp4"), film));
        assertEquals(startedAtMs / 1000, creationMs / 1000, "in the file too");
        assertManifest(film, startedAtMs);
        var signed =
                HttpRequest.newBuilder(URI.create(view.getString("fileUrl"))).build();
        assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(signed, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        asService()
                .get("/v1/recordings?roomId=room-" + id)
                .then()
                .statusCode(200)
                .body("recordings", hasSize(1));

        until("the result is reported", () -> codes().contains(99));
        assertEquals(List.of(10, 10, 10, 0, 11, 99), codes(), "in order, repeated until understood");
        assertEquals(callbacks.get(0), callbacks.get(2), "byte for byte the same on every try");
        JsonNode result = callbacks.getLast().get("recordResult");
        assertEquals(2, result.get("status").intValue());
        assertEquals(2, result.get("fileType").intValue());
        assertEquals(startedAtMs, result.get("recordStartTime").longValue());
    }

    /** How it is checked is in ManifestTest; here: it is there and speaks of this film. */
    private void assertManifest(byte[] film, long startedAtMs) throws Exception {
        var signed = asService()
                .get("/v1/recordings/" + id + "/manifest")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        JsonNode manifest = json.readTree(Base64.getUrlDecoder().decode(signed.getString("payload")));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(film);
        assertEquals(
                HexFormat.of().formatHex(hash), manifest.at("/files/0/sha256").asText());
        assertEquals(startedAtMs, manifest.at("/times/startedAtMs").longValue());
        assertEquals("[]", manifest.at("/journal/damage").toString());
        JsonNode header = json.readTree(Base64.getUrlDecoder().decode(signed.getString("protected")));
        given().get("/v1/recordings/manifest-keys") // for anybody
                .then()
                .statusCode(200)
                .body("keys[0].kid", equalTo(header.get("kid").asText()))
                .body("keys[0].x", equalTo(header.at("/jwk/x").asText()));
    }

    @Test
    @Tag("MRTC-EVT-100005")
    void aMediaServerThatCannotBeReachedFailsTheRecordingInTime() throws Exception {
        relay.close();
        start(request(id, "{\"startTimeout\":1}")).statusCode(200);
        until("failed", () -> "FAILED".equals(state()));
        asService().get("/v1/recordings/" + id).then().body("eventCode", equalTo(100005));
        until("reported", () -> codes().contains(99));
        assertEquals(3, callbacks.getLast().get("recordResult").get("status").intValue());
    }

    @Test
    void badRequestsAreAnsweredWithTheDocumentedErrors() throws Exception {
        given().get("/v1/recordings/" + id).then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
        given().auth()
                .oauth2(TestAccount.userToken())
                .get("/v1/recordings/" + id)
                .then()
                .statusCode(403);
        asService().get("/v1/recordings/" + id).then().statusCode(404).body("error", equalTo("RECORDING_NOT_FOUND"));
        asService().post("/v1/recordings/" + id + ":stop").then().statusCode(404);
        for (String verb : List.of("pause", "resume"))
            asService().post("/v1/recordings/" + id + ":" + verb).then().statusCode(404);
        asService().delete("/v1/recordings/" + id).then().statusCode(404);
        for (String query : List.of("page=-1", "size=0", "size=1001", "name=" + "x".repeat(257)))
            asService().get("/v1/recordings?" + query).then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
        asService()
                .contentType(ContentType.JSON)
                .body("{")
                .post("/v1/recordings")
                .then()
                .statusCode(400);
        start(request("../x", "")).statusCode(400).body("error", equalTo("BAD_REQUEST"));
        for (String param : List.of("{\"fps\":0}", "{\"width\":33}", "{\"sampleRate\":1}", "{\"recordFormat\":9}")) {
            start(request(id, param)).statusCode(400).body("error", equalTo("RECORDING_PARAMETER"));
        }
        asService().get("/v1/recordings/" + id).then().statusCode(404);
    }

    private String request(String recordId, String param) throws Exception {
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", relay.address(), "", 0, 0, false, 0);
        String callback = "http://127.0.0.1:" + business.getAddress().getPort() + "/";
        var request = new StartRecording(
                recordId,
                "room-" + recordId,
                "demo",
                "app",
                "space",
                node,
                "p-1",
                "third",
                "",
                callback,
                param.isEmpty() ? null : json.readValue(param, dev.parley.contracts.recording.RecordParam.class));
        return json.writeValueAsString(request);
    }

    private io.restassured.response.ValidatableResponse start(String body) {
        return asService()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/recordings")
                .then();
    }

    private static RequestSpecification asService() {
        return given().auth().oauth2(TestAccount.serviceToken());
    }

    private String state() {
        return asService().get("/v1/recordings/" + id).then().extract().path("state");
    }

    private long startedAtMs() {
        return asService()
                .get("/v1/recordings/" + id)
                .then()
                .extract()
                .jsonPath()
                .getLong("startedAtMs");
    }

    private List<Integer> codes() {
        synchronized (callbacks) {
            return callbacks.stream().map(c -> c.get("eventCode").intValue()).toList();
        }
    }

    private static byte[] rtp(TrackEvent track, int sequence, byte[] payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) track.payloadType())
                .putShort((short) sequence)
                .putInt(sequence * 960)
                .putInt((int) track.ssrc())
                .put(payload)
                .array();
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("not in time: " + what);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
