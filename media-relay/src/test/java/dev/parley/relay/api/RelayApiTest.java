package dev.parley.relay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.Offers;
import dev.parley.rtp.sdp.MediaDirection;
import dev.parley.rtp.sdp.SessionDescription;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "kafka"))
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "relay"))
class RelayApiTest {
    @Inject
    RoomGauges gauges;

    private final String room = "room-" + UUID.randomUUID();

    @Test
    void aRoomIsOpenedListedAndClosed() {
        service().put("/v1/rooms/" + room).then().statusCode(204);
        service().put("/v1/rooms/" + room).then().statusCode(204);
        service().get("/v1/rooms").then().statusCode(200).body("", hasItem(room));
        service().delete("/v1/rooms/" + room).then().statusCode(204);
        service().get("/v1/rooms").then().body("", not(hasItem(room)));
        service().delete("/v1/rooms/" + room).then().statusCode(404).body("code", equalTo(2004));
    }

    @Test
    void aPublisherAndASubscriberAreAnswered() {
        var up = service()
                .body(up(Offers.up()))
                .put("/v1/rooms/" + room + "/transports/t-up")
                .then()
                .statusCode(200)
                .body("tracks", hasSize(2))
                .extract()
                .jsonPath();
        var answer = SessionDescription.parse(up.getString("sdp"));
        assertEquals(List.of("0", "1"), answer.bundle());
        assertEquals(MediaDirection.RECVONLY, answer.byMid("1").direction());
        var down = service()
                .body(down("f", "f"))
                .put("/v1/rooms/" + room + "/transports/t-down")
                .then()
                .statusCode(200)
                .body("tracks", hasSize(2))
                .extract()
                .jsonPath();
        assertEquals(
                MediaDirection.SENDONLY,
                SessionDescription.parse(down.getString("sdp")).byMid("1").direction());
        service()
                .get("/v1/rooms/" + room + "/stats")
                .then()
                .statusCode(200)
                .body("feeds.feed.feedId", contains("f"))
                .body("transports", hasSize(2));
        service()
                .get("/v1/rooms/" + room + "/debug")
                .then()
                .statusCode(200)
                .body("subscribers.streams.flatten().gets", everyItem(equalTo("nothing yet")));
        service()
                .body("{\"videoMuted\":true}")
                .patch("/v1/rooms/" + room + "/feeds/f")
                .then()
                .statusCode(204);
        service()
                .get("/v1/rooms/" + room + "/stats")
                .then()
                .body("feeds[0].tracks.find { it.kind == 'video' }.muted", equalTo(true));
        service().delete("/v1/rooms/" + room + "/feeds/f").then().statusCode(204);
        service()
                .delete("/v1/rooms/" + room + "/feeds/f")
                .then()
                .statusCode(404)
                .body("code", equalTo(1009));
        service().delete("/v1/rooms/" + room + "/transports/t-up").then().statusCode(204);
        service()
                .delete("/v1/rooms/" + room + "/transports/t-up")
                .then()
                .statusCode(404)
                .body("code", equalTo(2005));
    }

    @Test
    void theDashboardShowsWhatTheMetricsTell() throws IOException {
        service().put("/v1/rooms/" + room);
        long deadline = System.nanoTime() + 60_000_000_000L;
        String metrics;
        do {
            gauges.refresh();
            metrics = service().get("/q/metrics").asString();
        } while (!metrics.contains("parley_relay_room_bits_out{room=\"" + room) && System.nanoTime() < deadline);
        String dashboard = Files.readString(Path.of("..", "deploy", "grafana", "relay.json"));
        var shown = new TreeSet<String>();
        var names = Pattern.compile("parley_relay_[a-z_]+").matcher(dashboard);
        while (names.find()) shown.add(names.group());
        assertTrue(shown.size() > 15, "found: " + shown);
        for (String name : shown) {
            boolean told = metrics.contains("\n" + name + "{") || metrics.contains("\n" + name + " ");
            assertTrue(told, name + " is not in the metrics");
        }
        service().delete("/v1/rooms/" + room);
    }

    @Test
    void anUnknownFeedIsAnsweredInactive() {
        var answer = service()
                .body(down("gone", "gone"))
                .put("/v1/rooms/" + room + "/transports/t")
                .then()
                .statusCode(200)
                .body("tracks", hasSize(0))
                .extract()
                .jsonPath();
        for (var line : SessionDescription.parse(answer.getString("sdp")).media())
            assertEquals(MediaDirection.INACTIVE, line.direction());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "garbage", "v=0\r\n", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"})
    void garbageIsNoOffer(String sdp) {
        service()
                .body(up(sdp))
                .put("/v1/rooms/" + room + "/transports/t")
                .then()
                .statusCode(400)
                .body("code", equalTo(2003))
                .body("error", equalTo("SDP_INVALID"));
    }

    @Test
    void whatIsNoRequestIsRefusedWithItsField() {
        service()
                .body("{\"sdp\":\"v=0\"}")
                .put("/v1/rooms/" + room + "/transports/t")
                .then()
                .statusCode(400)
                .body("code", equalTo(9001))
                .body("message", containsString("participantId"));
        service()
                .body("{")
                .put("/v1/rooms/" + room + "/transports/t")
                .then()
                .statusCode(400)
                .body("code", equalTo(9001));
        service()
                .body(new NegotiateRequest(
                        "p",
                        Direction.DOWN,
                        Offers.down(),
                        List.of(),
                        List.of(new TrackBinding("9", "f", MediaKind.AUDIO)),
                        ""))
                .put("/v1/rooms/" + room + "/transports/t")
                .then()
                .statusCode(400)
                .body("code", equalTo(2003));
    }

    @Test
    void onlyServicesComeIn() {
        given().get("/v1/rooms").then().statusCode(401).body("code", equalTo(5001));
        given().header("Authorization", "Bearer nonsense")
                .get("/v1/rooms")
                .then()
                .statusCode(401);
        with(TestAccount.expiredToken()).get("/v1/rooms").then().statusCode(401);
        with(TestAccount.userToken()).get("/v1/rooms").then().statusCode(403).body("code", equalTo(1011));
    }

    @Test
    void healthAndFiguresAreTold() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(200).body(containsString("parley_relay_packets_in_total"));
    }

    private static NegotiateRequest up(String sdp) {
        return new NegotiateRequest(
                "p",
                Direction.UP,
                sdp,
                List.of(new FeedInfo("f", "p", "u", "n", "", "camera")),
                List.of(new TrackBinding("0", "f", MediaKind.AUDIO), new TrackBinding("1", "f", MediaKind.VIDEO)),
                "");
    }

    private static NegotiateRequest down(String audioFeed, String videoFeed) {
        return new NegotiateRequest(
                "q",
                Direction.DOWN,
                Offers.down(),
                List.of(),
                List.of(
                        new TrackBinding("0", audioFeed, MediaKind.AUDIO),
                        new TrackBinding("1", videoFeed, MediaKind.VIDEO)),
                "");
    }

    private static RequestSpecification service() {
        return with(TestAccount.serviceToken());
    }

    private static RequestSpecification with(String token) {
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }
}
