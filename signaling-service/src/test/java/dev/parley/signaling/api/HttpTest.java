package dev.parley.signaling.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HttpTest extends SocketTest {
    @BeforeAll
    static void sdpIsText() {
        RestAssured.config = RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("application/sdp", ContentType.TEXT));
    }

    @Test
    void aGuestGetsATokenAndTheServerSaysWhatItIs() {
        given().contentType(ContentType.JSON)
                .body(Map.of("bizName", "", "displayName", "Ann", "room", "123456789"))
                .post("/v1/guest-tokens")
                .then()
                .statusCode(200)
                .body("token", notNullValue(), "uid", startsWith("guest-"));
        given().contentType(ContentType.JSON)
                .body("{\"displayName\":\"\"}")
                .post("/v1/guest-tokens")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"), "message", containsString("displayName"));
        given().contentType(ContentType.JSON)
                .body("{")
                .post("/v1/guest-tokens")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
        given().get("/v1/info").then().statusCode(200).body("demo", equalTo(true), "graceSeconds", equalTo(3));
        given().get("/v1/nothing").then().statusCode(404);
        given().get("/asyncapi.yaml")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff");
        given().get("/sdk/mcu/mcu.js")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache")
                .header("Access-Control-Allow-Origin", "*");
        given().get("/v1/info").then().header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void roomsAreMadeListedShownAndEndedOverRest() {
        String token = Fakes.account.user("demo", "mod-" + UUID.randomUUID(), "", "host", "moderate record");
        String roomId = given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "by rest", "capacity", 3))
                .post("/v1/rooms")
                .then()
                .statusCode(200)
                .extract()
                .path("roomId");
        String rtoken = given().auth().oauth2(token).get("/v1/rooms/" + roomId).path("rtoken");
        Client guest = user("guest").join(roomId, rtoken);
        given().auth()
                .oauth2(token)
                .get("/v1/rooms/" + roomId)
                .then()
                .body("participants", hasSize(1), "room.capacity", equalTo(3));
        given().auth().oauth2(token).get("/v1/rooms").then().statusCode(200);
        String recordId = given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/rooms/" + roomId + "/recordings")
                .then()
                .statusCode(200)
                .extract()
                .path("recordId");
        given().auth()
                .oauth2(token)
                .get("/v1/recordings/" + recordId)
                .then()
                .statusCode(200)
                .body("roomId", equalTo(roomId));
        given().auth()
                .oauth2(token)
                .post("/v1/recordings/" + recordId + ":stop")
                .then()
                .statusCode(204);
        given().auth()
                .oauth2(token)
                .urlEncodingEnabled(false)
                .post("/v1/rooms/" + roomId + "/participants/" + guest.me() + ":kick")
                .then()
                .statusCode(204);
        guest.push("participantLeft");
        given().auth().oauth2(token).post("/v1/rooms/" + roomId + ":end").then().statusCode(204);
        given().auth()
                .oauth2(token)
                .get("/v1/rooms/none")
                .then()
                .statusCode(404)
                .body("code", equalTo(1003));
    }

    @Test
    void servicesSeeTheRoomsOfTheApplicationsTheyNameAndNobodyElseDoes() {
        String token = Fakes.account.user("demo", "mod-" + UUID.randomUUID(), "", "host", "moderate");
        String roomId = given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("name", "seen by operators"))
                .post("/v1/rooms")
                .path("roomId");
        String service = Fakes.account.service();
        for (String body : new String[] {"{}", "{\"bizNames\":[\"demo\",\"other\"]}"}) {
            given().auth()
                    .oauth2(service)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/v1/rooms:search")
                    .then()
                    .statusCode(200)
                    .body("roomId", hasItem(roomId));
        }
        for (String body : new String[] {"{\"bizNames\":[]}", "{\"bizNames\":[\"other\"]}"}) {
            given().auth()
                    .oauth2(service)
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/v1/rooms:search")
                    .then()
                    .statusCode(200)
                    .body("roomId", not(hasItem(roomId)));
        }
        given().auth()
                .oauth2(service)
                .get("/v1/rooms/" + roomId + "/overview")
                .then()
                .statusCode(200)
                .body("name", equalTo("seen by operators"), "bizName", equalTo("demo"), "rtoken", notNullValue());
        given().auth()
                .oauth2(service)
                .contentType(ContentType.JSON)
                .body("{\"audio\":true}")
                .post("/v1/rooms/" + roomId + "/feeds/none:mute")
                .then()
                .statusCode(404)
                .body("error", equalTo("FEED_NOT_FOUND"));
        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/rooms:search")
                .then()
                .statusCode(403);
        given().auth().oauth2(token).post("/v1/rooms/" + roomId + ":end").then().statusCode(204);
        given().auth()
                .oauth2(service)
                .get("/v1/rooms/" + roomId + "/overview")
                .then()
                .statusCode(410);
    }

    @Test
    void restRefusesWhoHasNoTokenOrNotTheScope() {
        given().get("/v1/rooms").then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
        given().auth().oauth2("x.y.z").get("/v1/rooms").then().statusCode(401);
        given().auth()
                .oauth2(Fakes.account.guest("demo", "ann"))
                .get("/v1/rooms")
                .then()
                .statusCode(403)
                .body("error", equalTo("NOT_ALLOWED"));
        given().auth()
                .oauth2(Fakes.account.guest("demo", "ann"))
                .contentType(ContentType.JSON)
                .body(Map.of("room", "r", "publish", true))
                .post("/v1/tool-tokens")
                .then()
                .statusCode(403);
    }

    /** A company's administrator would see, end and enter the rooms of the others: its own are at the console. */
    @Test
    void oneCompanysAdministratorHasNothingToSayAboutTheRoomsOfAll() {
        var boss = Fakes.account.administrator();
        given().auth().oauth2(boss).get("/v1/rooms").then().statusCode(401);
        given().auth()
                .oauth2(boss)
                .contentType(ContentType.JSON)
                .body(Map.of("bizName", "demo"))
                .post("/v1/rooms")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(boss)
                .contentType(ContentType.JSON)
                .body(Map.of("room", "r", "publish", true))
                .post("/v1/tool-tokens")
                .then()
                .statusCode(403);
    }

    @Test
    void aToolPublishesAndWatchesByWhipAndWhep() {
        String room = "tools-" + UUID.randomUUID();
        var made = given().auth()
                .oauth2(Fakes.account.service())
                .contentType(ContentType.JSON)
                .body(Map.of("room", room, "publish", true, "subscribe", true))
                .post("/v1/tool-tokens")
                .then()
                .statusCode(200)
                .body("whip", containsString("/whip/" + room))
                .extract();
        String token = made.path("token");
        Client watcher = signedIn(Fakes.account.user("demo", "w-" + UUID.randomUUID(), room, "guest", "subscribe"))
                .join(room, "");

        given().options("/whip/" + room)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Accept-Post", "application/sdp");
        given().contentType("application/sdp")
                .body(OFFER)
                .post("/whip/" + room)
                .then()
                .statusCode(401)
                .header("Access-Control-Allow-Origin", "*");
        given().auth()
                .oauth2(token)
                .contentType("application/sdp")
                .body("m=audio garbage")
                .post("/whip/" + room)
                .then()
                .statusCode(400)
                .body("error", equalTo("SDP_INVALID"));
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{}")
                .post("/whip/" + room)
                .then()
                .statusCode(415);
        var published = given().auth()
                .oauth2(token)
                .contentType("application/sdp")
                .body(OFFER)
                .post("/whip/" + room)
                .then()
                .statusCode(201)
                .contentType("application/sdp")
                .body(startsWith("v=0"))
                .extract();
        assertEquals(
                "whip",
                watcher.push("participantJoined").at("/data/participant/kind").asText());
        watcher.push("feedPublished");

        String watching = given().auth()
                .oauth2(token)
                .contentType("application/sdp")
                .body(OFFER)
                .post("/whep/" + room)
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        watcher.push("subscribed");
        given().auth()
                .oauth2(token)
                .contentType("application/sdp")
                .body(OFFER)
                .post("/whep/" + room + "?feed=gone")
                .then()
                .statusCode(404)
                .body("error", equalTo("FEED_NOT_FOUND"));
        given().auth()
                .oauth2(Fakes.account.user("demo", "thief", room, "guest", "publish"))
                .delete(published.header("Location"))
                .then()
                .statusCode(403);
        given().auth().oauth2(token).delete(watching).then().statusCode(204);
        given().auth().oauth2(token).delete(published.header("Location")).then().statusCode(204);
        watcher.push("participantLeft", data -> data.path("uid").asText().startsWith("tool-"));
        given().auth().oauth2(token).delete(published.header("Location")).then().statusCode(404);
    }
}
