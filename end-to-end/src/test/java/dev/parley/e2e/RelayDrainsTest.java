package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The relay that carries a call is drained. What is measured is what a listener hears ({@link FarSide}).
 */
@ExtendWith(RunningSuite.class)
@Isolated("empties the relay of everybody")
class RelayDrainsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RELAY = "relay-drained";

    @Test
    void aDrainedRelaysCallMovesWithoutAHole(Suite suite) throws Exception {
        var alicesSending = new FarSide.Sender("red", 440);
        var bobsSending = new FarSide.Sender("blue", 880);
        try (Person alice = new Person(null, 640, 480, "en-US", true);
                Person bob = new Person(null, 640, 480, "en-US", true);
                SecondCopy spare = RelayCall.relay(suite, RELAY)) {
            FarSide.send(suite, alice, alicesSending);
            FarSide.send(suite, bob, bobsSending);
            String roomId = RelayCall.meetOn(suite, alice, bob, RELAY, LIMIT);
            for (Person person : List.of(alice, bob)) {
                FarSide.receive(person);
                person.await("call.heard().then((h) => h.loud > 200)", LIMIT);
                person.evaluate("call.heard('reset')");
            }
            JsonNode drained = suite.post("master", "/v1/nodes/" + RELAY + ":drain", suite.serviceToken(), Map.of());
            assertTrue(drained.path("others").asInt() > 0, drained.toString());

            double worstMs = Math.max(movedHole(alice, bobsSending), movedHole(bob, alicesSending));
            System.out.printf("relay drained: longest hole in what two listeners heard %.0f ms%n", worstMs);
            assertEquals(2, RelayCall.place(suite, roomId).path("generation").asInt());
            suite.awaitGone(spare.url() + "/v1/rooms/" + roomId + "/stats", suite.serviceToken(), LIMIT);
            spare.kill(); // what flows now does not need it
            for (Person person : List.of(alice, bob)) {
                int frames = person.evaluate("call.frames()").asInt();
                person.await("call.frames().then((n) => n > " + (frames + 30) + ")", LIMIT);
            }
            JsonNode there = suite.get("relay", "/v1/rooms/" + roomId + "/stats", suite.serviceToken());
            assertEquals(2, there.path("feeds").size());
            for (Person person : List.of(alice, bob)) person.evaluate("call.leave()");
        }
    }

    /** Waits until this listener has the other's sound and picture from the new place; the longest silence in between, milliseconds. */
    private static double movedHole(Person person, FarSide.Sender other) {
        person.await("call.heard().then((h) => h.changes.length > 0)", LIMIT);
        int loud = person.evaluate("call.heard()").path("loud").asInt();
        person.await("call.heard().then((h) => h.loud > " + (loud + 400) + ")", LIMIT);
        JsonNode heard = person.evaluate("call.heard()");
        assertEquals("[true]", heard.path("changes").toString(), "the old place went on until the new one flowed");
        person.await("call.frames().then((n) => n > 20)", LIMIT);
        FarSide.await(person, other, LIMIT);
        assertEquals(2, person.evaluate("call.room.participants.length").asInt(), "nobody left");
        assertEquals("connected", person.evaluate("call.room.media.state.down").asText());
        return heard.path("longestMs").asDouble();
    }
}
