package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.fakes.Client;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mobile client as docs/mobile.md makes it, against web clients in the same application. */
@QuarkusTest
class MobileTest extends SocketTest {
    private static final String EXTRA = "{\"device\":\"Pixel\",\"flow\":\"loan 7\"}";

    /** Requests that were sent by {@link #say}. */
    private final Set<String> spoken = new TreeSet<>();

    private JsonNode say(Client client, String type, Map<String, ?> data) {
        spoken.add(type);
        return client.ok(type, data);
    }

    private static Map<String, Object> credentials(String uid, String signature) {
        return Map.of(
                "signature",
                Map.of("bizName", "demo", "appId", "", "workspaceId", "", "uid", uid, "signature", signature),
                "displayName",
                uid,
                "client",
                Map.of("kind", "android", "version", "10.1.68"));
    }

    /** Signs in by a signature, as the manual's createRoom and joinRoom do. */
    private Client mobile(String name) {
        Client client = raw();
        client.hello = say(client, "connect", credentials(name + "-" + UUID.randomUUID(), "good"));
        return client;
    }

    private static String uid(Client client) {
        return client.hello.path("uid").asText();
    }

    /** AND-07. */
    private JsonNode createRoom(Client client) {
        JsonNode room = say(client, "createRoom", Map.of("endWhenEmpty", true));
        enter(client, room, 0);
        return room;
    }

    /** AND-08. */
    private void enter(Client client, JsonNode room, int envType) {
        client.snapshot = say(client, "joinRoom", entry(room, envType));
    }

    private static Map<String, Object> entry(JsonNode room, int envType) {
        return Map.of(
                "roomId",
                room.path("roomId").asText(),
                "rtoken",
                room.path("rtoken").asText(),
                "extra",
                EXTRA,
                "envType",
                envType);
    }

    @Test
    @Tag("MRTC-AND-07")
    void aRoomThatAPhoneMakesIsOpenToTheWebWithItsIdAndToken() {
        Client stranger = raw();
        assertEquals("SIGNATURE_INVALID", stranger.refused("connect", credentials("eve", "made up")));
        Client phone = mobile("phone");
        assertTrue(uid(phone).startsWith("phone-"));
        JsonNode room = createRoom(phone);
        assertTrue(!room.path("roomId").asText().isEmpty()
                && !room.path("rtoken").asText().isEmpty());
        Client web = user("web");
        assertEquals(
                "ROOM_TOKEN_WRONG",
                web.refused("joinRoom", Map.of("roomId", room.path("roomId").asText(), "rtoken", "guessed")));
        web.join(room.path("roomId").asText(), room.path("rtoken").asText());
        JsonNode phones = person(web, uid(phone));
        assertEquals(EXTRA, phones.path("extra").asText(), "what the phone brought along is there unread");
        assertEquals("host", phones.path("role").asText());
        phone.push(
                "participantJoined",
                data -> data.at("/participant/uid").asText().equals(uid(web)));
    }

    @Test
    @Tag("MRTC-AND-08")
    void aPhoneJoinsTheWebsRoomByEitherBackEndAndNoRoomThatIsOver() {
        Client web = user("web");
        JsonNode room = web.ok("createRoom", Map.of("endWhenEmpty", true));
        web.join(room.path("roomId").asText(), room.path("rtoken").asText());
        Client alipay = mobile("alipay");
        enter(alipay, room, 0);
        Client aliyun = mobile("aliyun");
        enter(aliyun, room, 1);
        assertEquals(3, aliyun.snapshot.path("participants").size());
        Client odd = mobile("odd");
        assertEquals("BAD_REQUEST", odd.refused("joinRoom", entry(room, 2)));
        for (Client client : List.of(web, alipay, aliyun)) say(client, "leaveRoom", Map.of());
        assertEquals("ROOM_ENDED", odd.refused("joinRoom", entry(room, 0)));
        var gone = new LinkedHashMap<>(entry(room, 0));
        gone.put("roomId", "never-was");
        assertEquals("ROOM_NOT_FOUND", odd.refused("joinRoom", gone));
    }

    @Test
    @Tag("MRTC-AND-37")
    void textBetweenPhoneAndWebKeepsItsNumberAndTimeForOneOrMany() {
        Client phone = mobile("phone");
        JsonNode room = createRoom(phone);
        Client web = user("web")
                .join(room.path("roomId").asText(), room.path("rtoken").asText());
        Client other = user("other")
                .join(room.path("roomId").asText(), room.path("rtoken").asText());
        text(phone, "to all", "71", 1_700_000_000_001L, List.of());
        text(phone, "to the web", "72", 1_700_000_000_002L, List.of(web.me()));
        text(phone, "to both", "73", 1_700_000_000_003L, List.of(web.me(), other.me()));
        JsonNode last = heard(web, "to both", uid(phone), "73", 1_700_000_000_003L);
        assertTrue(last.path("sentAtMs").asLong() > 0
                && !last.path("msgId").asText().isEmpty());
        heard(web, "to all", uid(phone), "71", 1_700_000_000_001L);
        heard(web, "to the web", uid(phone), "72", 1_700_000_000_002L);
        heard(other, "to both", uid(phone), "73", 1_700_000_000_003L);
        assertEquals(2, other.pushes("text").size(), "what is for one reaches no other");
        text(web, "back", "1", 1_700_000_000_004L, List.of(phone.me()));
        heard(phone, "back", uid(web), "1", 1_700_000_000_004L);
        web.ok("sendText", Map.of("text", "plain"));
        JsonNode plain = phone.push("text", data -> data.path("text").asText().equals("plain"))
                .path("data");
        assertTrue(!plain.has("clientMsgId") && !plain.has("clientSentAtMs"));
    }

    private void text(Client from, String text, String msgId, long timestamp, List<String> to) {
        JsonNode sent = say(
                from, "sendText", Map.of("text", text, "to", to, "clientMsgId", msgId, "clientSentAtMs", timestamp));
        assertTrue(!sent.path("msgId").asText().isEmpty());
    }

    private static JsonNode heard(Client client, String text, String uid, String msgId, long timestamp) {
        JsonNode data = client.push("text", one -> one.path("text").asText().equals(text))
                .path("data");
        assertEquals(uid, data.path("uid").asText());
        assertEquals(msgId, data.path("clientMsgId").asText());
        assertEquals(timestamp, data.path("clientSentAtMs").asLong());
        return data;
    }

    @Test
    @Tag("MRTC-IOS-10")
    void anInvitationReachesTheOperatorAndItsEndComesBackUnderTheIdThatThePhoneChose() {
        Client phone = mobile("phone");
        createRoom(phone);
        Client absent = user("absent");
        Client refuses = user("refuses");
        Client comes = user("comes");
        // Nobody answers this one, while the others are.
        String late = invite(phone, absent, 5, true, true);
        JsonNode ringing = shown(absent, late);
        assertTrue(ringing.path("audio").asBoolean() && ringing.path("video").asBoolean());

        String second = invite(phone, refuses, 60, true, false);
        JsonNode asked = shown(refuses, second);
        assertTrue(asked.path("audio").asBoolean() && !asked.path("video").asBoolean());
        assertEquals(EXTRA, asked.path("extra").asText());
        assertEquals(uid(phone), asked.path("inviterUid").asText());
        long seconds = Math.round((asked.path("expiresAtMs").asLong()
                        - ringing.path("expiresAtMs").asLong())
                / 1_000.0);
        assertTrue(seconds >= 55, "it rings for a minute: " + seconds);
        refuses.ok("replyInvite", Map.of("inviteId", second, "accept", false));
        assertEquals(2, ended(phone, second, refuses));

        String third = invite(phone, comes, 60, false, true);
        assertTrue(!shown(comes, third).path("audio").asBoolean());
        JsonNode key = comes.ok("replyInvite", Map.of("inviteId", third, "accept", true));
        comes.join(key.path("roomId").asText(), key.path("rtoken").asText());
        assertEquals(0, ended(phone, third, comes));

        String nobody = UUID.randomUUID().toString();
        assertTrue(!say(phone, "invite", Map.of("inviteId", nobody, "uid", "nobody"))
                .path("online")
                .asBoolean());
        phone.push(
                "inviteAnswered",
                data -> data.path("inviteId").asText().equals(nobody)
                        && data.path("reply").asInt() == 1);

        assertEquals(1, ended(phone, late, absent));
        absent.push("inviteCancelled", data -> data.path("inviteId").asText().equals(late));
        assertEquals("INVITATION_NOT_FOUND", absent.refused("replyInvite", Map.of("inviteId", late, "accept", true)));
    }

    @Test
    void anInvitationAskedForAgainIsTheSameAndItsIdIsNoOthers() {
        Client phone = mobile("phone");
        createRoom(phone);
        Client web = user("web");
        String inviteId = invite(phone, web, 60, true, true);
        shown(web, inviteId);
        var again = Map.of("inviteId", inviteId, "uid", uid(web), "timeoutSeconds", 60);
        assertEquals(inviteId, phone.ok("invite", again).path("inviteId").asText());
        assertEquals("NAME_TAKEN", phone.refused("invite", Map.of("inviteId", inviteId, "uid", "another")));
        Client other = mobile("other");
        createRoom(other);
        assertEquals("NAME_TAKEN", other.refused("invite", again));
        assertEquals("BAD_REQUEST", other.refused("invite", Map.of("inviteId", "a/b", "uid", uid(web))));
        web.ok("replyInvite", Map.of("inviteId", inviteId, "accept", false));
        assertEquals(2, ended(phone, inviteId, web));
        assertEquals(1, web.pushes("invited").size(), "it rang once");
    }

    private String invite(Client from, Client whom, int seconds, boolean audio, boolean video) {
        String inviteId = "call:" + UUID.randomUUID();
        JsonNode answer = say(
                from,
                "invite",
                Map.of(
                        "inviteId",
                        inviteId,
                        "uid",
                        uid(whom),
                        "audio",
                        audio,
                        "video",
                        video,
                        "timeoutSeconds",
                        seconds,
                        "extra",
                        EXTRA));
        assertEquals(inviteId, answer.path("inviteId").asText());
        assertTrue(answer.path("online").asBoolean());
        return inviteId;
    }

    private static JsonNode shown(Client client, String inviteId) {
        return client.push("invited", data -> data.path("inviteId").asText().equals(inviteId))
                .path("data");
    }

    private static int ended(Client inviter, String inviteId, Client whom) {
        JsonNode data = inviter.push(
                        "inviteAnswered", one -> one.path("inviteId").asText().equals(inviteId))
                .path("data");
        assertEquals(uid(whom), data.path("uid").asText());
        return data.path("reply").asInt();
    }

    private static JsonNode person(Client seenBy, String uid) {
        for (JsonNode one : seenBy.snapshot.path("participants"))
            if (one.path("uid").asText().equals(uid)) return one;
        throw new AssertionError(uid + " is not in " + seenBy.snapshot);
    }

    /** From the first call to the last one, both as who makes a room and as who comes to it: every request of the page. */
    @Test
    void everyRequestOfThePageIsSpokenInOneCall() throws IOException {
        Client web = user("web");
        Client phone = mobile("phone");
        say(phone, "ping", Map.of());
        JsonNode room = createRoom(phone);
        web.join(room.path("roomId").asText(), room.path("rtoken").asText());
        String theirs = publish(web, "main");
        phone.push("feedPublished", data -> data.at("/feed/feedId").asText().equals(theirs));
        String mine = say(
                        phone,
                        "publish",
                        Map.of(
                                "tag",
                                "VIDEO_SOURCE_CAMERA",
                                "source",
                                "camera",
                                "audioMid",
                                "0",
                                "videoMid",
                                "1",
                                "sdp",
                                OFFER))
                .path("feedId")
                .asText();
        JsonNode seen = web.push(
                "feedPublished", data -> data.at("/feed/feedId").asText().equals(mine));
        assertEquals("VIDEO_SOURCE_CAMERA", seen.at("/data/feed/tag").asText());
        say(
                phone,
                "subscribe",
                Map.of("subscriptions", List.of(Map.of("feedId", theirs, "videoMid", "1")), "sdp", OFFER));
        web.push("subscribed", data -> data.path("feedId").asText().equals(theirs));
        say(phone, "mute", Map.of("feedId", mine, "video", true));
        web.push("feedUpdated", data -> data.path("videoMuted").asBoolean());
        say(phone, "sendText", Map.of("text", "hello", "clientMsgId", "1", "clientSentAtMs", 1));
        say(phone, "sendCommand", Map.of("payload", Map.of("audioEnable", true), "to", List.of(web.me())));
        web.push("command");

        // The tunnel: the phone is away and comes back on another socket.
        say(phone, "ping", Map.of());
        phone.send("{\"type\":\"ack\",\"seq\":" + phone.seq() + "}");
        long seq = phone.seq();
        phone.breakOff();
        web.push("participantUpdated", data -> data.path("state").asText().equals("reconnecting"));
        web.ok("sendText", Map.of("text", "are you there?"));
        Client back = resume(phone, seq);
        spoken.add("resume");
        back.push("text", data -> data.path("text").asText().equals("are you there?"));
        say(
                back,
                "renegotiate",
                Map.of(
                        "direction",
                        "up",
                        "sdp",
                        OFFER,
                        "tracks",
                        List.of(Map.of("mid", "1", "feedId", mine, "kind", "video"))));

        Client operator = user("operator");
        say(back, "invite", Map.of("uid", uid(operator), "timeoutSeconds", 60));
        operator.push("invited");
        web.ok("invite", Map.of("uid", uid(back)));
        String asked = back.push("invited").at("/data/inviteId").asText();
        say(back, "replyInvite", Map.of("inviteId", asked, "accept", false));
        web.push("inviteAnswered", data -> data.path("reply").asInt() == 2);

        String recordId = say(web, "startRecording", Map.of()).path("recordId").asText();
        say(back, "recordingInfo", Map.of("recordId", recordId));
        say(web, "stopRecording", Map.of("recordId", recordId));
        say(back, "unsubscribe", Map.of("feedIds", List.of(theirs), "sdp", OFFER));
        web.push("unsubscribed", data -> data.path("feedId").asText().equals(theirs));
        say(back, "unpublish", Map.of("feedId", mine, "sdp", OFFER));
        web.push("feedUnpublished", data -> data.path("feedId").asText().equals(mine));
        say(back, "leaveRoom", Map.of());
        JsonNode left = web.push("participantLeft").path("data");
        assertEquals("left", left.path("reason").asText());
        assertEquals(1, left.path("exitType").asInt());
        enter(back, room, 1); // somebody is there still
        say(back, "leaveRoom", Map.of());
        say(back, "bye", Map.of());

        var missing = new MobilePage().requests(requestsOnly());
        missing.removeAll(spoken);
        assertEquals(Set.of(), missing, "requests of docs/mobile.md that no client has spoken here");
    }

    /** The protocol's requests: messages that are answered. */
    private static Map<String, String> requestsOnly() throws IOException {
        var messages = MobilePage.messages();
        var requests = new LinkedHashMap<>(messages);
        requests.keySet().removeIf(name -> !messages.containsKey(name + "Answer"));
        return requests;
    }
}
