package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad input has its documented answer, and the connection goes on. */
@QuarkusTest
class BadInputTest extends SocketTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "[1,2]",
                "\"text\"",
                "{\"type\":\"ping\"}",
                "{\"id\":0,\"type\":\"ping\"}",
                "{\"id\":\"7\",\"type\":\"ping\"}",
                "{\"id\":1.5,\"type\":\"ping\"}"
            })
    void whatHasNoReadableIdIsAFaultAndTheConnectionStays(String text) {
        Client client = user("ann");
        client.send(text);
        var fault = client.answer();
        assertEquals("BAD_REQUEST", fault.path("error").asText(), text);
        assertTrue(!fault.has("re"), text);
        client.ok("ping", Map.of());
    }

    @Test
    void whatIsDeepLongOrBinaryIsAFaultAndTheConnectionStays() {
        Client client = user("ann");
        client.send("[".repeat(100_000));
        assertEquals("BAD_REQUEST", client.answer().path("error").asText());
        client.send("{\"id\":900,\"type\":\"ping\",\"data\":" + "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_001));
        assertEquals("BAD_REQUEST", client.answer().path("error").asText());
        client.send("{\"id\":" + "9".repeat(5_000) + ",\"type\":\"ping\"}");
        assertEquals("BAD_REQUEST", client.answer().path("error").asText());
        client.send(new byte[] {0, 1, 2, (byte) 0xFF});
        assertEquals("BAD_REQUEST", client.answer().path("error").asText());
        client.ok("ping", Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':900,'type':'fly'}|UNKNOWN_TYPE",
                "{'id':900}|BAD_REQUEST",
                "{'id':900,'type':5}|BAD_REQUEST",
                "{'id':900,'type':'ping','data':[]}|BAD_REQUEST",
                "{'id':900,'type':'joinRoom'}|BAD_REQUEST",
                "{'id':900,'type':'joinRoom','data':{'roomId':7}}|BAD_REQUEST",
                "{'id':900,'type':'joinRoom','data':{'roomId':'no-such-room','rtoken':'x'}}|ROOM_NOT_FOUND",
                "{'id':900,'type':'createRoom','data':{'capacity':0}}|BAD_REQUEST",
                "{'id':900,'type':'createRoom','data':{'capacity':1001}}|BAD_REQUEST",
                "{'id':900,'type':'createRoom','data':{'capacity':'many'}}|BAD_REQUEST",
                "{'id':900,'type':'createRoom','data':{'roomId':'a b'}}|BAD_REQUEST",
                "{'id':900,'type':'createRoom','data':{'name':'\\u0000'}}|BAD_REQUEST",
                "{'id':900,'type':'sendText','data':{'text':'x'}}|NOT_IN_ROOM",
                "{'id':900,'type':'leaveRoom'}|NOT_IN_ROOM",
                "{'id':900,'type':'connect','data':{'token':'x'}}|BAD_REQUEST",
                "{'id':900,'type':'replyInvite','data':{'inviteId':'none','accept':true}}|INVITATION_NOT_FOUND"
            })
    void whatHasAnIdIsAnsweredUnderIt(String text, String error) {
        Client client = user("ann");
        client.send(text.replace('\'', '"'));
        var answer = client.answer();
        assertEquals(900, answer.path("re").asInt(), text);
        assertEquals(error, answer.path("error").asText(), answer.toString());
        client.ok("ping", Map.of());
    }

    @Test
    void nothingButConnectAndResumeIsHeardFirst() {
        Client client = raw();
        assertEquals("NOT_CONNECTED", client.refused("ping", Map.of()));
        assertEquals("NOT_CONNECTED", client.refused("fly", Map.of()));
    }

    @Test
    @Tag("MRTC-SIG-08")
    void wrongAndExpiredTokensAndSignaturesDoNotConnect() {
        Client client = raw();
        assertEquals("TOKEN_INVALID", client.refused("connect", Map.of("token", "no.real.token")));
        assertEquals("TOKEN_INVALID", client.refused("connect", Map.of("token", Fakes.account.expired())));
        assertEquals("TOKEN_INVALID", client.refused("connect", Map.of("token", Fakes.account.service())));
        assertEquals("BAD_REQUEST", client.refused("connect", Map.of()));
        var signature = new LinkedHashMap<String, String>(
                Map.of("bizName", "demo", "appId", "a", "workspaceId", "w", "uid", "ann", "signature", "expired"));
        assertEquals("SIGNATURE_INVALID", client.refused("connect", Map.of("signature", signature)));
        signature.put("signature", "good");
        assertEquals(
                "ann",
                client.ok("connect", Map.of("signature", signature)).path("uid").asText());
    }

    @Test
    void aMessageBeyondOneMebibyteIsAnsweredAndTheConnectionStays() {
        Client client = host();
        client.send("{\"id\":900,\"type\":\"sendText\",\"data\":{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}}");
        assertEquals("TOO_LARGE", client.answer().path("error").asText());
        assertEquals(
                "BAD_REQUEST",
                client.refused("sendText", Map.of("text", "界".repeat(6_000))),
                "16 KiB are counted in bytes of UTF-8");
        client.ok("ping", Map.of());
    }

    @Test
    void aMessageBeyondTwoMebibytesClosesOnlyItsOwnConnection() {
        Client host = host();
        Client guest = guest(host);
        host.push("participantJoined");
        try {
            guest.send("x".repeat(2 * 1024 * 1024 + 1));
        } catch (java.util.concurrent.CompletionException e) {
            // the server may close before all of it is written
        }
        guest.closeCode();
        host.push("participantUpdated", data -> data.path("state").asText().equals("reconnecting"));
        host.ok("ping", Map.of());
        Client back = resume(guest, guest.seq());
        assertEquals(guest.me(), back.resumed.path("participantId").asText());
    }

    @Test
    @Tag("MRTC-CALL-05")
    void wrongRoomTokensPinsAndApplicationsAreRefused() {
        Client host = user("host");
        var room = host.ok("createRoom", Map.of("pin", "4711", "capacity", 2));
        String roomId = room.path("roomId").asText();
        host.ok("joinRoom", Map.of("roomId", roomId, "pin", "4711"));
        String rtoken = room.path("rtoken").asText();
        Client ann = user("ann");
        assertEquals("ROOM_TOKEN_WRONG", ann.refused("joinRoom", Map.of("roomId", roomId, "rtoken", "wrong")));
        assertEquals("ROOM_TOKEN_WRONG", ann.refused("joinRoom", Map.of("roomId", roomId)));
        assertEquals("PIN_REQUIRED", ann.refused("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken)));
        ann.snapshot = ann.ok("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken, "pin", "4711"));
        assertEquals(
                "ROOM_FULL",
                user("bob").refused("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken, "pin", "4711")));
        Fakes.account.application("other", false);
        assertEquals(
                "ROOM_NOT_FOUND",
                signedIn(Fakes.account.guest("other", "eve"))
                        .refused("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken)));
        assertEquals("NAME_TAKEN", ann.refused("createRoom", Map.of("roomId", roomId)));
        ann.ok("ping", Map.of());
    }

    @Test
    void publishingTwiceSubscribingToWhatIsGoneAndGarbageSdpAreRefused() {
        Client host = host();
        Client guest = guest(host);
        String feedId = publish(host, "cam");
        assertEquals(
                "FEED_EXISTS",
                host.refused("publish", Map.of("tag", "cam", "source", "camera", "audioMid", "0", "sdp", OFFER)));
        assertEquals("SDP_INVALID", host.refused("publish", Map.of("tag", "two", "audioMid", "5", "sdp", "garbage")));
        assertEquals("BAD_REQUEST", host.refused("publish", Map.of("tag", "two", "sdp", OFFER)));
        host.ok("unpublish", Map.of("feedId", feedId));
        assertEquals("FEED_NOT_FOUND", host.refused("unpublish", Map.of("feedId", feedId)));
        guest.push("feedUnpublished");
        var refused = guest.ok(
                        "subscribe",
                        Map.of("subscriptions", List.of(Map.of("feedId", feedId, "audioMid", "0")), "sdp", OFFER))
                .path("refused");
        assertEquals("FEED_NOT_FOUND", refused.path(0).path("error").asText());
        assertEquals(
                1,
                host.pushes("feedPublished").size()
                        + host.pushes("feedUnpublished").size()
                        - 1,
                "a refused publish leaves no trace");
        until("the relay was told", () -> Fakes.relay.endedFeeds.contains(feedId));
        String other = publish(host, "two");
        assertEquals(
                "SDP_INVALID",
                guest.refused(
                        "subscribe",
                        Map.of("subscriptions", List.of(Map.of("feedId", other, "audioMid", "0")), "sdp", "garbage")));
        for (String direction : List.of("up", "down"))
            assertEquals(
                    "SDP_INVALID",
                    host.refused("renegotiate", Map.of("direction", direction, "sdp", "garbage", "tracks", List.of())),
                    direction);
        assertEquals(
                "BAD_REQUEST",
                host.refused("renegotiate", Map.of("direction", "sideways", "sdp", OFFER, "tracks", List.of())));
        host.ok("ping", Map.of());
        guest.ok("ping", Map.of());
    }

    @Test
    void rolesAndScopesAreKept() {
        Client host = host();
        Client guest = guest(host);
        assertEquals("NOT_ALLOWED", guest.refused("endRoom", Map.of()));
        assertEquals("NOT_ALLOWED", guest.refused("lockRoom", Map.of("locked", true)));
        assertEquals("NOT_ALLOWED", guest.refused("kick", Map.of("participantId", host.me())));
        assertEquals("BAD_REQUEST", host.refused("setRole", Map.of("participantId", guest.me(), "role", "king")));
        assertEquals("PARTICIPANT_NOT_FOUND", host.refused("kick", Map.of("participantId", "p-none")));
        Client watcher = signedIn(Fakes.account.user("demo", "w", roomId(host), "guest", "subscribe"))
                .join(roomId(host), "");
        assertEquals("NOT_ALLOWED", watcher.refused("publish", Map.of("audioMid", "0", "sdp", OFFER)));
        assertEquals("NOT_ALLOWED", watcher.refused("startRecording", Map.of()));
        assertEquals("ALREADY_IN_ROOM", watcher.refused("joinRoom", Map.of("roomId", roomId(host))));
        assertEquals("NOT_ALLOWED", watcher.refused("createRoom", Map.of("roomId", "another")));
        watcher.ok("ping", Map.of());
    }
}
