package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.fakes.Client;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is in a room with which feeds, from its creation to its end. */
@QuarkusTest
class AttendanceTest extends SocketTest {
    @Test
    @Tag("MRTC-ARC-03")
    @Tag("MRTC-AND-09")
    void aRoomListsWhoIsThereWithWhatAndIsGoneWithTheLastOfThem() {
        Client host = user("host");
        JsonNode made = host.ok("createRoom", Map.of("endWhenEmpty", true));
        String roomId = made.path("roomId").asText();
        host.join(roomId, made.path("rtoken").asText());
        String feedId = publish(host, "main");
        Client guest = guest(host);
        guest.ok(
                "subscribe", Map.of("subscriptions", List.of(Map.of("feedId", feedId, "videoMid", "1")), "sdp", OFFER));
        host.push("subscribed");

        Client late = guest(host);
        JsonNode hosts = person(late.snapshot, host);
        assertEquals(feedId, hosts.at("/feeds/0/feedId").asText());
        assertEquals("main", hosts.at("/feeds/0/tag").asText());
        JsonNode received = late.snapshot.at("/subscriptions/0");
        assertEquals(feedId, received.path("feedId").asText());
        assertEquals(guest.me(), received.path("participantId").asText());

        late.ok("leaveRoom", Map.of());
        host.ok("leaveRoom", Map.of());
        guest.push(
                "participantLeft", left -> left.path("participantId").asText().equals(host.me()));
        // One that has left may come again as long as somebody is there.
        late.join(roomId, rtoken(host));
        guest.ok("leaveRoom", Map.of());
        late.ok("leaveRoom", Map.of());

        assertEquals("ROOM_ENDED", guest.refused("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken(host))));
    }

    private static JsonNode person(JsonNode snapshot, Client who) {
        return StreamSupport.stream(snapshot.path("participants").spliterator(), false)
                .filter(p -> p.path("participantId").asText().equals(who.me()))
                .findFirst()
                .orElseThrow();
    }
}
