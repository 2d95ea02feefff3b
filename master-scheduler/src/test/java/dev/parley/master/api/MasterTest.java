package dev.parley.master.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.PlacementView;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Master with a real broker and database. Nodes of an ended test are lost within 4 s; each test uses ids of its own. */
@QuarkusTest
@WithTestResource(value = RealParts.class, initArgs = @ResourceArg(name = "parts", value = "postgres,kafka"))
@WithTestResource(AccountKeys.class)
class MasterTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private Nodes nodes;

    @BeforeEach
    void waitUntilNobodyIsThere() {
        nodes = new Nodes(bootstrapServers);
        until(() -> service()
                .get("/v1/nodes")
                .then()
                .statusCode(200)
                .extract()
                .<List<Object>>path("$")
                .isEmpty());
    }

    @AfterEach
    void stopNodes() {
        nodes.close();
    }

    @Test
    @Tag("MRTC-ARC-06")
    void aNodeThatBeatsIsListedAndOneThatStopsIsLostInAboutThreeSeconds() {
        String id = "relay-" + run;
        String bootId = "boot-" + run;
        nodes.start(id, bootId, NodeKind.RELAY, 0.25, 7);
        var joined = nodes.await("node.joined.v1", n -> n.nodeId().equals(id), SOON);
        assertEquals("ab".repeat(32), joined.data().media().fingerprint());
        assertTrue(joined.source().startsWith("master/"), joined.source());
        service()
                .get("/v1/nodes")
                .then()
                .body("nodeId", hasItem(id))
                .body("find { it.nodeId == '" + id + "' }.load", equalTo(0.25f))
                .body("find { it.nodeId == '" + id + "' }.rooms", equalTo(7));
        nodes.stop(id);
        long stoppedNs = System.nanoTime();
        nodes.await("node.lost.v1", n -> n.nodeId().equals(id), SOON);
        double seconds = (System.nanoTime() - stoppedNs) / 1e9;
        // The last heartbeat came up to a second before the stop.
        assertTrue(seconds > 2.0 && seconds < 4.5, "lost after " + seconds + " s");
        service().get("/v1/nodes").then().body("nodeId", not(hasItem(id)));
        assertEquals(List.of("node.joined.v1", "node.lost.v1"), nodes.typesFor(bootId));
    }

    @Test
    void aRestartedNodeIsLostThenJoinedAtOnce() {
        String id = "relay-" + run;
        nodes.start(id, "old-" + run, NodeKind.RELAY, 0, 0);
        nodes.await("node.joined.v1", n -> n.bootId().equals("old-" + run), SOON);
        nodes.start(id, "new-" + run, NodeKind.RELAY, 0, 0);
        nodes.await("node.joined.v1", n -> n.bootId().equals("new-" + run), SOON);
        assertEquals(List.of("node.joined.v1", "node.lost.v1"), nodes.typesFor("old-" + run));
        service().get("/v1/nodes").then().body("find { it.nodeId == '" + id + "' }.bootId", equalTo("new-" + run));
    }

    @Test
    @Tag("MRTC-ARC-05")
    void roomsSpreadOverRelaysByLoad() {
        nodes.start("busy-" + run, "b1-" + run, NodeKind.RELAY, 0.7, 60);
        nodes.start("idle-a-" + run, "b2-" + run, NodeKind.RELAY, 0.1, 5);
        nodes.start("idle-b-" + run, "b3-" + run, NodeKind.RELAY, 0.1, 5);
        awaitJoined("b1-" + run, "b2-" + run, "b3-" + run);
        Map<String, Integer> placed = new HashMap<>();
        for (int i = 0; i < 20; i++)
            placed.merge(place("room-" + i + "-" + run).node().nodeId(), 1, Integer::sum);
        assertEquals(
                20,
                placed.getOrDefault("idle-a-" + run, 0) + placed.getOrDefault("idle-b-" + run, 0),
                placed.toString());
        assertTrue(placed.values().stream().allMatch(n -> n >= 8), "uneven: " + placed);
    }

    @Test
    void hundredsOfRequestsAtOnceForTheSameRoomsAgree() throws Exception {
        for (int i = 0; i < 4; i++)
            nodes.start("relay-" + i + "-" + run, "boot-" + i + "-" + run, NodeKind.RELAY, 0.1, 0);
        awaitJoined("boot-0-" + run, "boot-1-" + run, "boot-2-" + run, "boot-3-" + run);
        Map<String, PlacementView> agreed = new ConcurrentHashMap<>();
        try (var clients = Executors.newFixedThreadPool(16)) {
            var answers = new ArrayList<Future<?>>();
            for (int i = 0; i < 400; i++) {
                String room = "shared-" + i % 10 + "-" + run;
                answers.add(clients.submit(() -> {
                    var mine = place(room);
                    var first = agreed.putIfAbsent(room, mine);
                    if (first == null) return;
                    assertEquals(first.node().nodeId(), mine.node().nodeId(), room);
                    assertEquals(1, mine.generation(), room);
                }));
            }
            for (var answer : answers) answer.get();
        }
        assertEquals(10, agreed.size());
        // Requests of the same moment do not count each other, so chance decides between equals: an even spread is not
        // promised here.
        assertTrue(
                agreed.values().stream().map(v -> v.node().nodeId()).distinct().count() > 1, "relays share the rooms");
    }

    @Test
    @Tag("MRTC-ARC-06")
    void aRoomMovesWithTheNextGenerationWhenItsRelayIsLostAndOnlyThen() throws Exception {
        String room = "moving-" + run;
        nodes.start("first-" + run, "f-" + run, NodeKind.RELAY, 0.1, 0);
        awaitJoined("f-" + run);
        assertEquals("first-" + run, place(room).node().nodeId());
        nodes.start("second-" + run, "s-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("s-" + run);
        assertEquals(1, place(room).generation(), "a better relay is no reason to move");
        nodes.stop("first-" + run);
        nodes.await("node.lost.v1", n -> n.bootId().equals("f-" + run), SOON);
        try (var clients = Executors.newFixedThreadPool(8)) {
            var answers = new ArrayList<Future<PlacementView>>();
            for (int i = 0; i < 50; i++) answers.add(clients.submit(() -> place(room)));
            for (var answer : answers) {
                assertEquals("second-" + run, answer.get().node().nodeId());
                assertEquals(2, answer.get().generation(), "all who ask at once see one move");
            }
        }
        nodes.start("second-" + run, "s2-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("s2-" + run);
        var after = place(room);
        assertEquals("s2-" + run, after.node().bootId(), "a restarted relay has lost the room, and may get it again");
        assertEquals(3, after.generation());
    }

    @Test
    void aPlacementIsReadAndRemoved() {
        String path = "/v1/rooms/kept-" + run + "/placement";
        nodes.start("relay-" + run, "k-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("k-" + run);
        service().get(path).then().statusCode(404).body("error", equalTo("ROOM_NOT_FOUND"));
        place("kept-" + run);
        service()
                .get(path)
                .then()
                .statusCode(200)
                .body("node.media.port", equalTo(7111))
                .body("generation", equalTo(1));
        service().delete(path).then().statusCode(204);
        service().delete(path).then().statusCode(204);
        service().get(path).then().statusCode(404);
    }

    @Test
    void aDrainingRelayGetsNothingNewAndKeepsWhatNobodyElseTakes() {
        String id = "relay-" + run;
        nodes.start(id, "d-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("d-" + run);
        place("before-" + run);
        token("root")
                .post("/v1/nodes/" + id + ":drain")
                .then()
                .statusCode(200)
                .body("nodeId", equalTo(id))
                .body("draining", equalTo(true))
                .body("others", equalTo(0))
                .body("message", containsString("No other relay takes its rooms"));
        nodes.await("node.draining.v1", n -> n.nodeId().equals(id), SOON);
        service()
                .urlEncodingEnabled(false)
                .post("/v1/nodes/" + id + "%3Adrain")
                .then()
                .statusCode(200);
        put("after-" + run).statusCode(503).body("error", equalTo("NO_NODE"));
        put("before-" + run).statusCode(200).body("node.nodeId", equalTo(id)).body("generation", equalTo(1));
        assertEquals(
                1,
                nodes.typesFor("d-" + run).stream()
                        .filter("node.draining.v1"::equals)
                        .count());
        service()
                .post("/v1/nodes/nobody-" + run + ":drain")
                .then()
                .statusCode(404)
                .body("error", equalTo("NODE_NOT_FOUND"));
    }

    @Test
    void aDrainingRelaysRoomMovesOnceAnotherTakesIt() {
        String id = "relay-" + run;
        nodes.start(id, "d-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("d-" + run);
        place("moves-" + run);
        token("root").post("/v1/nodes/" + id + ":drain").then().statusCode(200);
        put("moves-" + run).statusCode(200).body("generation", equalTo(1));
        nodes.start("other-" + id, "o-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("o-" + run);
        token("root").post("/v1/nodes/" + id + ":drain").then().statusCode(200).body("others", equalTo(1));
        for (int again = 0; again < 2; again++) {
            put("moves-" + run)
                    .statusCode(200)
                    .body("node.nodeId", equalTo("other-" + id))
                    .body("generation", equalTo(2));
        }
    }

    @Test
    void theLeastLoadedNodeOfAKindIsPicked() {
        nodes.start("rec-a-" + run, "ra-" + run, NodeKind.RECORDER, 0.6, 0);
        nodes.start("rec-b-" + run, "rb-" + run, NodeKind.RECORDER, 0.2, 0);
        awaitJoined("ra-" + run, "rb-" + run);
        service().post("/v1/nodes:pick?kind=RECORDER").then().statusCode(200).body("nodeId", equalTo("rec-b-" + run));
        service()
                .urlEncodingEnabled(false)
                .post("/v1/nodes%3Apick?kind=RECORDER")
                .then()
                .statusCode(200);
        service().post("/v1/nodes:pick?kind=VOD").then().statusCode(503).body("error", equalTo("NO_NODE"));
        service().post("/v1/nodes:pick?kind=PRINTER").then().statusCode(400).body("message", containsString("kind"));
        service().post("/v1/nodes:pick").then().statusCode(400).body("message", containsString("kind"));
    }

    @Test
    void heartbeatsThatCannotBeReadAreDroppedAndTheRestIsHeard() {
        nodes.raw("x", "not json");
        nodes.raw("x", "{\"data\":{\"nodeId\":\"x\"}}");
        nodes.raw("x", "{\"data\":{\"nodeId\":\"x\",\"bootId\":\"b\",\"kind\":\"TOASTER\",\"url\":\"http://x\"}}");
        nodes.raw("x", "[]");
        nodes.start("relay-" + run, "g-" + run, NodeKind.RELAY, 0, 0);
        awaitJoined("g-" + run);
        service().get("/v1/nodes").then().body("nodeId", not(hasItem("x")));
    }

    @Test
    void onlyServicesPlaceAndOnlyKnownTokensAreTaken() {
        given().put("/v1/rooms/r/placement").then().statusCode(401).body("error", equalTo("TOKEN_INVALID"));
        for (String bad : List.of("foreign", "forged"))
            token(bad).get("/v1/nodes").then().statusCode(401).body("code", equalTo(5001));
        token("user").get("/v1/nodes").then().statusCode(403).body("error", equalTo("NOT_ALLOWED"));
        token("admin").get("/v1/nodes").then().statusCode(403).body("error", equalTo("NOT_ALLOWED"));
        token("admin").post("/v1/nodes/any:drain").then().statusCode(403);
        token("root").get("/v1/nodes").then().statusCode(200);
        token("root").put("/v1/rooms/r/placement").then().statusCode(403);
    }

    @Test
    void badInputAndUnknownPathsAnswerInTheOneErrorShape() {
        put("r".repeat(65))
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"))
                .body("message", containsString("roomId"));
        service()
                .urlEncodingEnabled(false)
                .put("/v1/rooms/a%00b/placement")
                .then()
                .statusCode(400)
                .body("message", containsString("roomId"));
        service().get("/v1/nothing").then().statusCode(404).body("error", equalTo("NOT_FOUND"));
        service().delete("/v1/nodes").then().statusCode(405).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    void healthMetricsAndOpenApiAreServed() {
        until(() -> given().get("/q/health/ready").statusCode() == 200);
        given().get("/q/metrics").then().statusCode(200).body(containsString("parley_master_heartbeats_link"));
        given().get("/q/openapi?format=json").then().statusCode(200).body("paths", hasKey("/v1/nodes:pick"));
    }

    private void awaitJoined(String... bootIds) {
        for (String bootId : bootIds)
            nodes.await("node.joined.v1", n -> n.bootId().equals(bootId), SOON);
    }

    private PlacementView place(String room) {
        return put(room).statusCode(200).extract().as(PlacementView.class);
    }

    private ValidatableResponse put(String room) {
        return service().put("/v1/rooms/" + room + "/placement").then();
    }

    private static RequestSpecification service() {
        return token("service");
    }

    private static RequestSpecification token(String which) {
        return given().auth()
                .preemptive()
                .oauth2(ConfigProvider.getConfig().getValue("test.token." + which, String.class));
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("not within " + SOON);
            Thread.onSpinWait();
        }
    }
}
