package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.fakes.Client;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RoomTalkTest extends SocketTest {

    @Test
    @Tag("MRTC-CALL-04")
    @Tag("MRTC-CALL-05")
    @Tag("MRTC-CB-18")
    @Tag("MRTC-CB-19")
    void twoPeopleMeetPublishSubscribeAndTalk() {
        Client ann = user("ann");
        Client bob = user("bob");
        JsonNode room = ann.ok("createRoom", Map.of("name", "talk"));
        String roomId = room.path("roomId").asText();
        ann.join(roomId, "");
        assertEquals("host", ann.snapshot.at("/participants/0/role").asText());
        JsonNode published = ann.ok(
                "publish",
                Map.of("tag", "cam", "source", "camera", "audioMid", "0", "videoMid", "1", "sdp", "v=0\r\n"));
        String feedId = published.path("feedId").asText();
        assertTrue(published.path("sdp").asText().startsWith("v=0"));

        bob.join(roomId, room.path("rtoken").asText());
        assertEquals(2, bob.snapshot.path("participants").size());
        assertEquals(feedId, bob.snapshot.at("/participants/0/feeds/0/feedId").asText());
        assertEquals(
                "Name of " + bob.hello.path("uid").asText(),
                ann.push("participantJoined")
                        .at("/data/participant/displayName")
                        .asText());

        JsonNode subscribed = bob.ok(
                "subscribe",
                Map.of(
                        "subscriptions",
                        List.of(Map.of("feedId", feedId, "audioMid", "0", "videoMid", "1")),
                        "sdp",
                        "v=0\r\n"));
        assertEquals(0, subscribed.path("refused").size());
        assertEquals(bob.me(), ann.push("subscribed").at("/data/participantId").asText());

        JsonNode sent = ann.ok("sendText", Map.of("text", "hello, 世界"));
        JsonNode text = bob.push("text");
        assertEquals("hello, 世界", text.at("/data/text").asText());
        assertEquals(sent.path("seq").asLong(), text.path("seq").asLong());

        bob.ok("leaveRoom", Map.of());
        JsonNode left = ann.push("participantLeft");
        assertEquals(1, left.at("/data/exitType").asInt());
        assertEquals("left", left.at("/data/reason").asText());
        ann.ok("endRoom", Map.of());
        assertEquals("ended", ann.push("roomEnded").at("/data/reason").asText());
        assertEquals(
                "ROOM_ENDED",
                bob.refused(
                        "joinRoom",
                        Map.of("roomId", roomId, "rtoken", room.path("rtoken").asText())));
    }
}
