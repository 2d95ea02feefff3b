package dev.parley.recorder.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.testing.Await;
import dev.parley.recorder.testing.BusinessServer;
import dev.parley.recorder.testing.RelayTap;
import dev.parley.recorder.testing.Speaker;
import dev.parley.recorder.testing.SpeakerFilm;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pause, resume, lists and deletion, with two recordings of one room at the same time. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "recorder"))
class ControlTest {
    @TempDir
    Path folder;

    private final String room = "room-" + UUID.randomUUID();
    private final String whole = "whole-" + UUID.randomUUID();
    private final String paused = "paused-" + UUID.randomUUID();

    @Test
    @Tag("MRTC-REL-20")
    @Tag("MRTC-CALL-41")
    @Tag("MRTC-CALL-42")
    @Tag("MRTC-RP-12b")
    void ofTwoRecordingsOfOneRoomOneIsPausedAndTheOtherHasItAll() throws Exception {
        try (var relay = new RelayTap();
                var business = new BusinessServer()) {
            start(relay, business, whole, "{\"width\":160,\"height\":96,\"fps\":10}", "Monday's Review_1");
            start(relay, business, paused, "{\"width\":320,\"height\":180,\"fps\":10,\"recordFormat\":2}", "other");
            try (var _ = new Speaker(relay)) {
                until(
                        "both record",
                        () -> state(whole).equals("RECORDING") && state(paused).equals("RECORDING"));
                until(
                        "both have begun",
                        () -> view(whole).getLong("startedAtMs") > 0
                                && view(paused).getLong("startedAtMs") > 0);
                int before = relay.frames();
                until("something is said", () -> relay.frames() > before + 60);

                verb(paused, "pause").statusCode(200).body("state", equalTo("PAUSED"));
                long pausedMs = System.currentTimeMillis();
                verb(paused, "pause").statusCode(409).body("error", equalTo("RECORDING_STATE"));
                asService().delete("/v1/recordings/" + paused).then().statusCode(409);
                int during = relay.frames();
                until("much is said in the pause", () -> relay.frames() > during + 150);
                assertEquals("PAUSED", state(paused));
                long resumedMs = System.currentTimeMillis();
                verb(paused, "resume").statusCode(200).body("state", equalTo("RECORDING"));
                verb(paused, "resume").statusCode(409).body("error", equalTo("RECORDING_STATE"));
                until("it taps again", () -> relay.hellos().size() == 3);
                assertEquals(-1, relay.hellos().getLast().from(), "from the present: the pause is not asked for");
                int after = relay.frames();
                until("more is said", () -> relay.frames() > after + 80);

                for (String id : List.of(whole, paused)) verb(id, "stop").statusCode(200);
                long stoppedMs = System.currentTimeMillis();
                verb(whole, "stop").statusCode(200); // safe to repeat
                verb(whole, "pause").statusCode(409);
                for (String id : List.of(whole, paused))
                    until("done", () -> state(id).equals("DONE"));
                long pauseMs = resumedMs - pausedMs;
                long saidMs = stoppedMs - view(whole).getLong("startedAtMs");
                assertLasts(whole, saidMs, pauseMs);
                assertLasts(paused, saidMs - pauseMs, pauseMs);
                assertTrue(view(whole).getLong("durationMs") > view(paused).getLong("durationMs") + pauseMs / 2);
            }
            until("reported", () -> business.codes(paused).contains(99));
            assertEquals(List.of(10, 0, 60, 61, 11, 99), business.codes(paused));
            assertEquals(100, view(paused).getInt("progress"));
            assertEquals("done", view(paused).getString("message"), "what was left out is not called lost");
            assertTrue(SpeakerFilm.longestHoleInPictureMs(film(whole)) <= 1_000);
            assertTrue(SpeakerFilm.longestSilenceMs(film(paused)) <= 300, "the sound goes on where it was paused");
            assertTrue(view(paused).getString("filePath").endsWith(".flv"));
            listsAndDeletions();
        }
    }

    /** A busy machine does what it is asked a little later, and opens a tap again later; a pause that counted would show nevertheless. */
    private static void assertLasts(String id, long expectedMs, long pauseMs) {
        long ms = view(id).getLong("durationMs");
        assertTrue(ms < expectedMs + pauseMs / 2 && ms > 1_500, id + ": " + ms + " of " + expectedMs);
    }

    private void listsAndDeletions() throws Exception {
        assertEquals(List.of(paused, whole), listed("roomId=" + room));
        assertEquals(List.of(whole), listed("roomId=" + room + "&page=1&size=1"));
        assertEquals(List.of(whole), listed("roomId=" + room + "&name=review_1"));
        assertEquals(List.of(), listed("roomId=" + room + "&name=review%25"), "no pattern");
        assertEquals(List.of(paused, whole), listed("bizName=demo&starterUid=user-" + room));
        assertEquals(List.of(), listed("bizName=another&roomId=" + room));
        long second = view(paused).getLong("createdAtMs");
        assertEquals(List.of(paused), listed("roomId=" + room + "&fromMs=" + second));
        assertEquals(List.of(whole), listed("roomId=" + room + "&toMs=" + second));
        asService().get("/v1/recordings?size=1&roomId=" + room).then().body("total", equalTo(2));

        URI film = URI.create(view(whole).getString("fileUrl"));
        assertEquals(200, status(film));
        asService().delete("/v1/recordings/" + whole).then().statusCode(204);
        assertEquals(404, status(film));
        asService().get("/v1/recordings/" + whole).then().statusCode(404);
        asService()
                .delete("/v1/recordings/" + whole)
                .then()
                .statusCode(404)
                .body("error", equalTo("RECORDING_NOT_FOUND"));
        assertEquals(List.of(paused), listed("roomId=" + room));
        assertNotEquals("", view(paused).getString("fileUrl"), "the other one stays");
    }

    private void start(RelayTap relay, BusinessServer business, String id, String param, String name) throws Exception {
        var json = new ObjectMapper();
        var node = new NodeView(
                "relay-1", "boot", NodeKind.RELAY, "http://127.0.0.1:1", relay.address(), "", 0, 0, false, 0);
        var request = new StartRecording(
                id,
                room,
                "demo",
                "app",
                "space",
                node,
                "p-1",
                "",
                "",
                business.url(),
                json.readValue(param, RecordParam.class),
                "user-" + room,
                name);
        asService()
                .contentType(ContentType.JSON)
                .body(json.writeValueAsString(request))
                .post("/v1/recordings")
                .then()
                .statusCode(200)
                .body("name", equalTo(name));
    }

    private static List<String> listed(String query) {
        return asService()
                .urlEncodingEnabled(false)
                .get("/v1/recordings?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("recordings.recordId");
    }

    private Path film(String id) throws Exception {
        byte[] bytes = asService()
                .get("/v1/recordings/" + id + "/file")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return Files.write(folder.resolve(id), bytes);
    }

    private static int status(URI uri) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static ValidatableResponse verb(String id, String verb) {
        return asService().post("/v1/recordings/" + id + ":" + verb).then();
    }

    private static JsonPath view(String id) {
        return asService().get("/v1/recordings/" + id).then().extract().jsonPath();
    }

    private static String state(String id) {
        return view(id).getString("state");
    }

    private static RequestSpecification asService() {
        return given().auth().oauth2(TestAccount.serviceToken());
    }

    private static void until(String what, java.util.concurrent.Callable<Boolean> condition) throws Exception {
        Await.until(what, condition);
    }
}
