package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.signaling.app.Beans;
import dev.parley.signaling.app.Ids;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Json;
import dev.parley.signaling.domain.ParticipantKind;
import dev.parley.signaling.domain.Role;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Sessions;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResumeTest extends SocketTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Inject
    Sessions sessions;

    @Inject
    RoomService rooms;

    @Inject
    Beans.Instance instance;

    @Inject
    DataSource database;

    @Test
    @Tag("MRTC-FEA-07")
    @Tag("MRTC-REL-05")
    @Tag("MRTC-WIRE-03")
    void aBrokenSocketComesBackToTheSameRoomAndMissesNothing() {
        Client host = host();
        Client guest = guest(host);
        publish(guest, "cam");
        host.push("feedPublished");
        long seen = guest.seq();
        guest.breakOff();
        host.push("participantUpdated", data -> data.path("state").asText().equals("reconnecting"));
        for (int i = 0; i < 5; i++) host.ok("sendText", Map.of("text", "while you were away " + i));

        Client back = resume(guest, seen);
        assertEquals(guest.me(), back.resumed.path("participantId").asText());
        assertFalse(back.resumed.has("snapshot"), "near enough for the missing pushes");
        back.push("text", data -> data.path("text").asText().endsWith("away 4"));
        assertEquals(5, back.pushes("text").size());
        host.push("participantUpdated", data -> data.path("state").asText().equals("present"));
        var seqs = new HashSet<Long>();
        long last = seen;
        for (JsonNode push : back.pushes()) {
            assertTrue(push.path("seq").asLong() > last, "in order and each once: " + back.pushes());
            last = push.path("seq").asLong();
            seqs.add(last);
        }
        assertEquals(
                1,
                Client.connected(base, Fakes.account.guest("demo", "x"))
                        .join(roomId(host), rtoken(host))
                        .snapshot
                        .at("/participants/1/feeds")
                        .size(),
                "its feed is still there");
    }

    @Test
    void whoHasSeenNothingGetsASnapshot() {
        Client host = host();
        host.breakOff();
        Client back = resume(host, 0);
        assertEquals(host.me(), back.resumed.at("/snapshot/participantId").asText());
        back.ok("sendText", Map.of("text", "alone"));
    }

    @Test
    void aWrongResumeTokenOrSessionIsGone() {
        Client host = host();
        Client thief = raw();
        assertEquals(
                "SESSION_GONE",
                thief.refused(
                        "resume",
                        Map.of("sessionId", host.hello.path("sessionId").asText(), "resumeToken", "guess")));
        assertEquals("SESSION_GONE", thief.refused("resume", Map.of("sessionId", "none", "resumeToken", "none")));
        host.ok("ping", Map.of());
    }

    @Test
    void resumingWhileTheOldSocketLivesMovesTheSession() {
        Client host = host();
        Client again = resume(host, host.seq());
        assertEquals(1008, host.closeCode());
        again.ok("sendText", Map.of("text", "here now"));
        assertEquals(0, again.pushes("participantUpdated").size(), "nobody was ever away");
    }

    @Test
    @Tag("MRTC-CB-46")
    @Tag("MRTC-WIRE-13")
    void afterTheGraceTimeTheParticipantHasLeftAbnormally() {
        Client host = host();
        Client guest = guest(host);
        guest.breakOff();
        JsonNode left = host.push("participantLeft").path("data");
        assertEquals(2, left.path("exitType").asInt());
        assertEquals("lost", left.path("reason").asText());
        Client late = raw();
        assertEquals(
                "SESSION_GONE",
                late.refused(
                        "resume",
                        Map.of(
                                "sessionId",
                                guest.hello.path("sessionId").asText(),
                                "resumeToken",
                                guest.hello.path("resumeToken").asText())));
    }

    @Test
    @Tag("MRTC-SIG-13")
    void aSecondConnectOfTheSameUserDisplacesTheFirst() {
        Client host = host();
        String token = Fakes.account.guest("demo", "twice-" + host.me());
        Client first = signedIn(token).join(roomId(host), rtoken(host));
        Client second = signedIn(token);
        assertEquals("SESSION_GONE", first.answer().path("error").asText());
        assertEquals(1008, first.closeCode());
        assertEquals(
                first.me(),
                host.push("participantLeft").at("/data/participantId").asText());
        second.join(roomId(host), rtoken(host));
    }

    @Test
    void byeEndsTheSessionAtOnce() {
        Client host = host();
        Client guest = guest(host);
        guest.ok("bye", Map.of());
        assertEquals(1000, guest.closeCode());
        JsonNode left = host.push("participantLeft").path("data");
        assertEquals(1, left.path("exitType").asInt());
        assertEquals(0, host.pushes("participantUpdated").size());
    }

    @Test
    void byeIsAnsweredThoughTheSweepRunsBeforeItIsDone() throws SQLException {
        Client host = host();
        Client guest = guest(host);
        Client canary = user("canary");
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement("select 1 from signaling.room where id = ? for update")) {
                lock.setString(1, roomId(host));
                lock.execute();
            }
            var bye = CompletableFuture.supplyAsync(() -> guest.ok("bye", Map.of()));
            until(
                    "the session is over, and its participant still in the room",
                    () -> sessions.ownedBy(instance.id()).stream()
                            .noneMatch(session -> session.id().equals(sessionId(guest))));
            sessions.kill(sessionId(canary));
            assertEquals("SESSION_GONE", canary.answer().path("error").asText(), "a sweep has been");
            connection.rollback();
            bye.join();
        }
        assertEquals(1000, guest.closeCode());
    }

    private static String sessionId(Client client) {
        return client.hello.path("sessionId").asText();
    }

    @Test
    void aRequestRepeatedAfterAResumeIsDoneOnceAndAnsweredTheSame() {
        Client host = host();
        Client guest = guest(host);
        var text = Map.of("text", "once", "requestKey", "k1");
        JsonNode first = guest.ok("sendText", text);
        var publish = Map.of("tag", "cam", "audioMid", "0", "sdp", OFFER, "requestKey", "k2");
        JsonNode published = guest.ok("publish", publish);
        guest.breakOff();
        Client back = resume(guest, guest.seq());
        assertEquals(first, back.ok("sendText", text));
        assertEquals(published.path("feedId"), back.ok("publish", publish).path("feedId"));
        host.ok("sendText", Map.of("text", "end"));
        back.push("text", data -> data.path("text").asText().equals("end"));
        assertEquals(1, host.pushes("text").size());
        assertEquals(1, host.pushes("feedPublished").size());
    }

    @Test
    void repeatedJoinsAndCreatesAnswerWhatTheyAnsweredFirst() {
        Client ann = user("ann");
        var create = Map.of("requestKey", "create");
        JsonNode room = ann.ok("createRoom", create);
        assertEquals(room, ann.ok("createRoom", create));
        var join = Map.of("roomId", room.path("roomId").asText(), "requestKey", "join");
        String me = ann.ok("joinRoom", join).path("participantId").asText();
        assertEquals(me, ann.ok("joinRoom", join).path("participantId").asText());
    }

    @Test
    void theSessionsOfACopyThatDiedBecomeReconnectingAndThenLeave() {
        Client host = host();
        String session = Ids.make("s");
        String participant = Ids.make("p");
        var who = new Identity("demo", "orphan-" + participant, "Orphan", "", Role.GUEST, Set.of());
        // Of a copy that lives, until it has joined: the sweep is faster than a busy test.
        sessions.open(session, who, Ids.hash("token"), instance.id());
        rooms.execute(
                roomId(host),
                new RoomCommand.Join(
                        who, participant, ParticipantKind.MEMBER, "parley", rtoken(host), "", Json.NULL, 1),
                Step.NONE.entering(session, participant));
        sessions.lose(session, 1, 60_000);
        sessions.reclaim(session, 1, "a-copy-that/never-beat");
        host.push(
                "participantUpdated",
                data -> data.path("participantId").asText().equals(participant)
                        && data.path("state").asText().equals("reconnecting"));
        host.push(
                "participantLeft",
                data -> data.path("participantId").asText().equals(participant)
                        && data.path("reason").asText().equals("lost"));
    }

    @Test
    void aCopyThatWasOnlyThoughtDeadKeepsItsSockets() {
        Client host = host();
        Client guest = guest(host);
        // What another copy does to sessions of a copy that was silent for too long.
        sessions.lose(sessionId(guest), 1, 60_000);
        rooms.execute(roomId(host), new RoomCommand.Lose(guest.me()));
        host.push("participantUpdated", data -> data.path("state").asText().equals("present"));
        guest.ok("sendText", Map.of("text", "still here"));
    }

    @Test
    void anEmptyRoomEndsAndGivesItsMediaBack() {
        Client host = host();
        publish(host, "cam");
        String roomId = roomId(host);
        assertTrue(Fakes.relay.rooms.contains(roomId));
        host.ok("leaveRoom", Map.of());
        until("the relay's room is closed", () -> !Fakes.relay.rooms.contains(roomId));
        until("the placement is given back", () -> !Fakes.master.placements.containsKey(roomId));
        assertEquals("ROOM_ENDED", host.refused("joinRoom", Map.of("roomId", roomId, "rtoken", rtoken(host))));
        long before = rooms.get(roomId).seq();
        host.ok("createRoom", Map.of("roomId", roomId));
        host.join(roomId, "");
        assertTrue(host.snapshot.path("seq").asLong() > before, "the log goes on");
    }

    @Test
    void whoIsKickedSeesItAndMayGoOnElsewhere() {
        Client host = host();
        Client guest = guest(host);
        host.ok("kick", Map.of("participantId", guest.me()));
        assertEquals(
                "kicked",
                guest.push(
                                "participantLeft",
                                data -> data.path("participantId").asText().equals(guest.me()))
                        .at("/data/reason")
                        .asText());
        assertEquals("NOT_IN_ROOM", guest.refused("sendText", Map.of("text", "x")));
        guest.ok("createRoom", Map.of());
    }

    @Test
    @Tag("MRTC-ARC-04")
    void ofWhoVanishesNothingStays() throws SQLException {
        Client host = host();
        String hosts = publish(host, "cam");
        Client guest = guest(host);
        String feedId = publish(guest, "cam");
        var wanted = List.of(Map.of("feedId", hosts, "videoMid", "1"));
        guest.ok("subscribe", Map.of("subscriptions", wanted, "sdp", OFFER));
        String recordId = guest.ok("startRecording", Map.of()).path("recordId").asText();
        String vodId = guest.ok("startPlayback", Map.of()).path("vodId").asText();
        String transports = roomId(host) + "/" + guest.me() + "-";
        assertTrue(Fakes.relay.transports.containsKey(transports + "up"));
        guest.breakOff();
        host.push("participantLeft", left -> left.path("participantId").asText().equals(guest.me()));
        assertEquals(feedId, host.push("feedUnpublished").at("/data/feedId").asText());
        assertEquals(hosts, host.push("unsubscribed").at("/data/feedId").asText());
        until("its recording is stopped", () -> Fakes.worker.stoppedRecordings.contains(recordId));
        until("its file is stopped", () -> Fakes.worker.stoppedPlaybacks.contains(vodId));
        until(
                "its transports are closed",
                () -> Fakes.relay.transports.keySet().stream().noneMatch(key -> key.startsWith(transports)));
        until(
                "its session is forgotten",
                () -> sessionsNamed(guest.hello.path("sessionId").asText()) == 0);

        JsonNode room = guest(host).snapshot;
        assertEquals(2, room.path("participants").size(), "the host and who came now: " + room);
        assertEquals(0, room.path("subscriptions").size());
        assertEquals("", room.at("/room/recording").asText());
    }

    private int sessionsNamed(String id) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select count(*) from signaling.session where id = ?")) {
            query.setString(1, id);
            try (var found = query.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("MRTC-FEA-32")
    void aCommandArrivesOnceAndUnalteredAlsoWhereTheLineIsBroken() {
        Client host = host();
        Client guest = guest(host);
        long seen = guest.seq();
        var payload = Map.of(
                "",
                "",
                "名",
                List.of(1.5e300, -0.25, 9007199254740993L, true, List.of()),
                "a\"\\\n",
                Map.of("x", Map.of()));
        var command = Map.of("payload", payload, "to", List.of(guest.me()));
        JsonNode delivered = host.ok("sendCommand", command);
        JsonNode arrived = guest.push("command").path("data");
        assertEquals(MAPPER.valueToTree(payload), arrived.path("payload"));
        assertEquals(delivered.path("msgId"), arrived.path("msgId"));
        guest.breakOff();
        host.push("participantUpdated");
        String msgId = host.ok("sendCommand", command).path("msgId").asText();
        Client back = resume(guest, seen);
        back.push("command", data -> data.path("msgId").asText().equals(msgId));
        back.ok("ping", Map.of());
        assertEquals(
                List.of(delivered.path("msgId").asText(), msgId),
                back.pushes("command").stream()
                        .map(push -> push.at("/data/msgId").asText())
                        .toList(),
                "each once, in order");
        back.ok("leaveRoom", Map.of());
        assertEquals("PARTICIPANT_NOT_FOUND", host.refused("sendCommand", command), "and the sender is told");
    }

    @Test
    @Tag("MRTC-CALL-26")
    void textsReachOnlyThoseAddressed() {
        Client host = host();
        Client ann = guest(host);
        Client bob = guest(host);
        host.ok("sendText", Map.of("text", "for ann", "to", List.of(ann.me())));
        host.ok("sendCommand", Map.of("payload", Map.of("a", List.of(1, 2)), "to", List.of()));
        assertEquals(2, bob.push("command").at("/data/payload/a").size());
        assertEquals("for ann", ann.push("text").at("/data/text").asText());
        assertEquals(0, bob.pushes("text").size());
        assertEquals(0, host.pushes("text").size());
        assertEquals("PARTICIPANT_NOT_FOUND", host.refused("sendText", Map.of("text", "x", "to", List.of("p-none"))));
    }
}
