package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.EncodingsSignal;
import dev.parley.contracts.media.FeedQuality;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.contracts.media.TransportState;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.playback.PlaybackEvent;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What rooms have done by others, and what those tell over Kafka. */
@QuarkusTest
class TaskTest extends SocketTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    ObjectMapper mapper;

    @Test
    @Tag("MRTC-CALL-21")
    void aRecordingIsStartedToldOfAndEndsWithItsStarter() throws Exception {
        Client host = host();
        Client guest = guest(host);
        String recordId = guest.ok("startRecording", Map.of("param", Map.of("fps", 15), "thirdId", "mine"))
                .path("recordId")
                .asText();
        var request = Fakes.worker.recordings.get(recordId);
        assertEquals(15, request.param().fps());
        assertEquals(640, request.param().width(), "defaults are filled in");
        assertEquals("http://127.0.0.1:9/callback", request.callbackUrl());
        assertEquals(guest.me(), request.starterId());
        assertEquals(recordId, host.push("roomUpdated").at("/data/recording").asText());
        assertEquals("ROOM_LIMIT", host.refused("startRecording", Map.of()));
        assertEquals("RECORDING_PARAMETER", host.refused("startRecording", Map.of("param", Map.of("fps", "fast"))));

        var started = new RecordingEvent(recordId, roomId(host), guest.me(), "mine", 1, 0, "", "f1", 0);
        send("recording.events", "recording.event.v1", roomId(host), started);
        send("recording.events", "recording.event.v1", roomId(host), started);
        JsonNode pushed = guest.push("recording").path("data");
        assertEquals(0, pushed.path("eventCode").asInt());
        assertEquals("f1", pushed.path("feedId").asText());
        guest.ok("leaveRoom", Map.of());
        host.push("roomUpdated", data -> data.path("recording").asText("-").isEmpty());
        until("the recorder was told to stop", () -> Fakes.worker.stoppedRecordings.contains(recordId));
        assertEquals(1, guest.pushes("recording").size(), "each event once");
        assertEquals(0, host.pushes("recording").size(), "only the starter is told");
    }

    @Test
    void itsStarterAndTheHostPauseAndResumeARecordingAndNobodyElse() throws Exception {
        Client host = host();
        Client guest = guest(host);
        Client other = guest(host);
        Map<String, Object> recording = Map.of(
                "recordId",
                guest.ok("startRecording", Map.of("name", "Review"))
                        .path("recordId")
                        .asText());
        String recordId = recording.get("recordId").toString();
        assertEquals("Review", Fakes.worker.recordings.get(recordId).name());
        assertTrue(!Fakes.worker.recordings.get(recordId).starterUid().isEmpty());
        guest.ok("pauseRecording", recording);
        assertEquals("pause", Fakes.worker.turns.get(recordId));
        assertEquals("RECORDING_STATE", guest.refused("pauseRecording", recording));
        host.ok("resumeRecording", recording);
        assertEquals("resume", Fakes.worker.turns.get(recordId));
        for (String type : List.of("pauseRecording", "resumeRecording")) {
            assertEquals("NOT_ALLOWED", other.refused(type, recording));
            assertEquals("RECORDING_NOT_FOUND", guest.refused(type, Map.of("recordId", "none")));
        }
        assertEquals(
                recordId, guest.ok("recordingInfo", recording).path("recordId").asText());
        assertEquals("RECORDING_NOT_FOUND", guest.refused("recordingInfo", Map.of("recordId", "none")));
        assertEquals(
                recordId,
                guest.ok("recordingInfo", signed(recordId, recordId, "good"))
                        .path("recordId")
                        .asText());
        assertEquals("SIGNATURE_INVALID", guest.refused("recordingInfo", signed(recordId, recordId, "bad")));
        assertEquals("SIGNATURE_INVALID", guest.refused("recordingInfo", signed(recordId, "another", "good")));
        guest.ok("stopRecording", recording);
        assertEquals("RECORDING_ENDED", guest.refused("pauseRecording", recording));
    }

    @Test
    @Tag("MRTC-CON-05")
    void anApplicationThatWantsItIsRecordedFromTheFirstFeedOn() {
        Fakes.account.application("recorded", true);
        Client host = signedIn(Fakes.account.guest("recorded", "h-" + UUID.randomUUID()));
        host.join(host.ok("createRoom", Map.of()).path("roomId").asText(), "");
        publish(host, "cam");
        String recordId = host.push("roomUpdated").at("/data/recording").asText();
        until("the recorder was asked", () -> Fakes.worker.recordings.containsKey(recordId));
        assertEquals("", Fakes.worker.recordings.get(recordId).starterId());
        host.ok("endRoom", Map.of());
        until("it ends with the room", () -> Fakes.worker.stoppedRecordings.contains(recordId));
    }

    @Test
    void anAutomaticRecordingThatCannotBeginIsToldAndTheCallGoesOn() {
        Fakes.account.application("recorded", true);
        Client host = signedIn(Fakes.account.guest("recorded", "h-" + UUID.randomUUID()));
        host.join(host.ok("createRoom", Map.of()).path("roomId").asText(), "");
        Fakes.worker.away = true;
        try {
            publish(host, "cam");
            JsonNode told = host.push("recording").path("data");
            assertEquals(100_001, told.path("eventCode").asInt());
            assertEquals("", told.path("recordId").asText());
            assertTrue(!told.path("message").asText().isEmpty());
            publish(host, "screen");
        } finally {
            Fakes.worker.away = false;
        }
        host.ok("endRoom", Map.of());
    }

    @Test
    @Tag("MRTC-AND-CB-05")
    void membersLearnTheIdOfARecordingAndMayAskForItUnlessItIsSilentOrTheyMayNot() {
        Client host = host();
        Client guest = guest(host);
        String blind = Fakes.account.user("demo", "b-" + UUID.randomUUID(), "", "guest", "publish subscribe");
        Client unentitled = signedIn(blind).join(roomId(host), rtoken(host));
        String silent = host.ok("startRecording", Map.of("param", Map.of("silentRecord", true)))
                .path("recordId")
                .asText();
        host.ok("stopRecording", Map.of("recordId", silent));
        String recordId = host.ok("startRecording", Map.of()).path("recordId").asText();
        assertEquals(
                recordId,
                guest.push("roomUpdated").at("/data/recording").asText(),
                "of the silent one before nobody was told");
        var asked = Map.<String, Object>of("recordId", recordId);
        assertEquals(recordId, guest.ok("recordingInfo", asked).path("recordId").asText());
        assertEquals("NOT_ALLOWED", unentitled.refused("recordingInfo", asked));
        Client late = guest(host);
        assertEquals(recordId, late.snapshot.at("/room/recording").asText());
        Fakes.account.application("elsewhere", false);
        Client stranger = signedIn(Fakes.account.guest("elsewhere", "s-" + UUID.randomUUID()));
        assertEquals("RECORDING_NOT_FOUND", stranger.refused("recordingInfo", asked));
    }

    @Test
    void everybodyListsAndDeletesHisOwnRecordingsAndWhoModeratesAllOfThem() {
        Client host = host();
        Client guest = guest(host);
        String mine = guest.ok("startRecording", Map.of("name", "Mine"))
                .path("recordId")
                .asText();
        String uid = Fakes.worker.recordings.get(mine).starterUid();
        JsonNode list = guest.ok("listRecordings", Map.of("name", "in", "fromMs", 5, "toMs", 9, "page", 1, "size", 7));
        assertEquals(mine, list.at("/recordings/0/recordId").asText());
        assertEquals(1, list.path("total").asInt());
        String query = Fakes.worker.queries.getLast();
        for (String part : List.of("bizName=demo", "starterUid=" + uid, "name=in", "fromMs=5", "toMs=9", "page=1"))
            assertTrue(query.contains(part), query);
        assertEquals("NOT_ALLOWED", guest.refused("listRecordings", Map.of("starterUid", "another")));
        assertEquals("BAD_REQUEST", guest.refused("listRecordings", Map.of("size", 1_001)));

        assertEquals("BAD_REQUEST", guest.refused("deleteRecordings", Map.of()));
        assertEquals("RECORDING_STATE", guest.refused("deleteRecordings", Map.of("recordIds", List.of(mine))));
        guest.ok("stopRecording", Map.of("recordId", mine));
        String theirs = host.ok("startRecording", Map.of()).path("recordId").asText();
        host.ok("stopRecording", Map.of("recordId", theirs));
        var both = Map.<String, Object>of("recordIds", List.of(mine, theirs));
        until("both are over", () -> Fakes.worker.stoppedRecordings.containsAll(List.of(mine, theirs)));
        assertEquals("NOT_ALLOWED", guest.refused("deleteRecordings", both));
        assertTrue(Fakes.worker.recordings.containsKey(mine), "all or none");
        String ruling = Fakes.account.user("demo", "m-" + UUID.randomUUID(), "", "guest", "record moderate");
        Client ruler = signedIn(ruling);
        assertEquals(
                1,
                ruler.ok("listRecordings", Map.of("starterUid", uid))
                        .path("total")
                        .asInt());
        ruler.ok("deleteRecordings", both);
        assertTrue(!Fakes.worker.recordings.containsKey(mine) && !Fakes.worker.recordings.containsKey(theirs));
        assertEquals("RECORDING_NOT_FOUND", ruler.refused("deleteRecordings", both));
    }

    @Test
    void aRecordingThatTheRecorderRefusedIsRefusedAgainWhenItsRequestIsRepeated() {
        Client host = host();
        var request = Map.<String, Object>of("param", Map.of("fps", 500), "requestKey", "once");
        assertEquals("RECORDING_PARAMETER", host.refused("startRecording", request));
        assertEquals("RECORDING_ENDED", host.refused("startRecording", request));
    }

    private static Map<String, Object> signed(String recordId, String uid, String signature) {
        return Map.of("recordId", recordId, "signature", Map.of("bizName", "demo", "uid", uid, "signature", signature));
    }

    @Test
    @Tag("MRTC-CALL-32")
    void aFileIsPlayedByAVirtualParticipantUntilItIsOver() throws Exception {
        Client host = host();
        Client guest = guest(host);
        JsonNode started = host.ok("startPlayback", Map.of("loop", true));
        String vodId = started.path("vodId").asText();
        assertEquals("vod/bot.mp4", Fakes.worker.playbacks.get(vodId).file());
        assertEquals(
                "playback",
                guest.push("participantJoined").at("/data/participant/kind").asText());
        send(
                "playback.events",
                "playback.event.v1",
                roomId(host),
                new PlaybackEvent(vodId, roomId(host), started.path("feedId").asText(), "playing", ""));
        host.push("playback", data -> data.path("state").asText().equals("playing"));
        assertEquals(started.path("feedId"), guest.push("feedPublished").at("/data/feed/feedId"));
        send(
                "playback.events",
                "playback.event.v1",
                roomId(host),
                new PlaybackEvent(vodId, roomId(host), started.path("feedId").asText(), "over", ""));
        host.push("playback", data -> data.path("state").asText().equals("over"));
        guest.push("feedUnpublished");
        guest.push("participantLeft");
        assertEquals("PLAYBACK_NOT_FOUND", host.refused("stopPlayback", Map.of("vodId", vodId)));
        assertEquals("PLAYBACK_FILE", host.refused("startPlayback", Map.of("file", "vod/missing.mp4")));
        String second = host.ok("startPlayback", Map.of()).path("vodId").asText();
        host.ok("stopPlayback", Map.of("vodId", second));
        until("vod was told", () -> Fakes.worker.stoppedPlaybacks.contains(second));
    }

    @Test
    void muteReachesTheRelayAndTheOthers() {
        Client host = host();
        Client guest = guest(host);
        String feedId = publish(guest, "cam");
        host.ok("mute", Map.of("feedId", feedId, "audio", true));
        JsonNode updated = guest.push("feedUpdated").path("data");
        assertTrue(updated.path("audioMuted").asBoolean());
        assertTrue(!updated.has("videoMuted"), "only what changed");
        until("the relay was told", () -> Fakes.relay.controls.containsKey(feedId));
        assertEquals(Boolean.TRUE, Fakes.relay.controls.get(feedId).audioMuted());
    }

    @Test
    void leavingRemovesBothTransports() {
        Client host = host();
        Client guest = guest(host);
        publish(guest, "cam");
        String up = roomId(host) + "/" + guest.me() + "-up";
        assertTrue(Fakes.relay.transports.containsKey(up));
        guest.ok("leaveRoom", Map.of());
        until("the transport is gone", () -> !Fakes.relay.transports.containsKey(up));
    }

    @Test
    void aDrainingRelaysRoomsMoveWhileItGoesOnAndIsToldWhenItMayEnd() throws Exception {
        Client host = host();
        publish(host, "cam");
        String up = roomId(host) + "/" + host.me() + "-up";
        Fakes.master.moveTo(Fakes.otherRelay, "relay-2");
        try {
            send("node.events", "node.draining.v1", "relay-1", relay("relay-1", Fakes.relay.url()));
            assertEquals(2, host.push("mediaMoved").at("/data/generation").asInt());
            until("the old place knows", () -> Fakes.relay.vacated.contains(roomId(host)));
            assertTrue(Fakes.relay.draining, "it takes nothing new");
            assertTrue(Fakes.relay.transports.containsKey(up), "what flows goes on");
            assertTrue(Fakes.otherRelay.rooms.contains(roomId(host)));
        } finally {
            Fakes.master.moveTo(Fakes.relay, "relay-1");
        }
    }

    @Test
    void aDrainingRelaysRoomStaysInPeaceUntilAnotherRelayComes() throws Exception {
        Client host = host();
        publish(host, "cam");
        int before = Fakes.master.asked.get(roomId(host));
        send("node.events", "node.draining.v1", "relay-1", relay("relay-1", Fakes.relay.url()));
        until("master was asked, and has no other", () -> Fakes.master.asked.get(roomId(host)) > before);
        Fakes.master.draining.add("relay-1");
        Fakes.master.moveTo(Fakes.otherRelay, "relay-2");
        try {
            assertTrue(!Fakes.relay.vacated.contains(roomId(host)), "nobody was asked to go");
            send("node.events", "node.joined.v1", "relay-2", relay("relay-2", Fakes.otherRelay.url()));
            assertEquals(2, host.push("mediaMoved").at("/data/generation").asInt());
            until("the old place knows", () -> Fakes.relay.vacated.contains(roomId(host)));
        } finally {
            Fakes.master.moveTo(Fakes.relay, "relay-1");
            Fakes.master.draining.clear();
        }
    }

    private static NodeEvent relay(String id, String url) {
        return new NodeEvent(id, "boot", NodeKind.RELAY, url, null);
    }

    @Test
    void aRelayThatDrainsAndHasLetGoOfTheRoomIsNoObstacle() {
        Client host = host();
        publish(host, "cam");
        Fakes.relay.full = true;
        Fakes.master.moveTo(Fakes.otherRelay, "relay-2");
        try {
            publish(host, "screen");
            assertTrue(Fakes.otherRelay.transports.containsKey(roomId(host) + "/" + host.me() + "-up"));
        } finally {
            Fakes.relay.full = false;
            Fakes.master.moveTo(Fakes.relay, "relay-1");
        }
    }

    @Test
    @Tag("MRTC-WIRE-32")
    void aLostRelaysRoomsMoveAndTheirClientsNegotiateAnew() throws Exception {
        Client host = host();
        Client guest = guest(host);
        String feedId = publish(host, "cam");
        var wanted = List.of(Map.of("feedId", feedId, "audioMid", "0"));
        guest.ok("subscribe", Map.of("subscriptions", wanted, "sdp", OFFER));
        Fakes.master.moveTo(Fakes.otherRelay, "relay-2");
        try {
            send("node.events", "node.lost.v1", "relay-1", relay("relay-1", Fakes.relay.url()));
            assertEquals(2, host.push("mediaMoved").at("/data/generation").asInt());
            var tracks = List.of(Map.of("mid", "0", "feedId", feedId, "kind", "audio"));
            JsonNode tooEarly = guest.ok("renegotiate", Map.of("direction", "down", "sdp", OFFER, "tracks", tracks));
            assertEquals(feedId, tooEarly.at("/refused/0/feedId").asText(), "its publisher is not back yet");
            assertEquals("FEED_NOT_FOUND", tooEarly.at("/refused/0/error").asText());
            host.ok(
                    "renegotiate",
                    Map.of(
                            "direction",
                            "up",
                            "sdp",
                            OFFER,
                            "tracks",
                            List.of(Map.of("mid", "0", "feedId", feedId, "kind", "audio"))));
            assertTrue(Fakes.otherRelay.transports.containsKey(roomId(host) + "/" + host.me() + "-up"));
            assertEquals(
                    0,
                    guest.ok("subscribe", Map.of("subscriptions", wanted, "sdp", OFFER))
                            .path("refused")
                            .size());
            assertEquals(
                    0,
                    guest.ok("renegotiate", Map.of("direction", "down", "sdp", OFFER, "tracks", tracks))
                            .path("refused")
                            .size());
        } finally {
            Fakes.master.moveTo(Fakes.relay, "relay-1");
        }
    }

    @Test
    void howSomebodyWantsAFeedGoesToTheRelay() throws Exception {
        Client host = host();
        Client guest = guest(host);
        String feedId = publish(host, "cam");
        var small = Map.of("wishes", List.of(Map.of("feedId", feedId, "size", 0, "priority", 5)));
        assertEquals("TRANSPORT_NOT_FOUND", guest.refused("wish", small), "nothing is received yet");
        var wanted = List.of(Map.of("feedId", feedId, "audioMid", "0", "maxWidth", 640, "maxHeight", 360));
        guest.ok("subscribe", Map.of("subscriptions", wanted, "sdp", OFFER));
        String down = roomId(host) + "/" + guest.me() + "-down";
        assertEquals(
                List.of(new FeedWish(feedId, 640, 360, 2, 1)),
                Fakes.relay.transports.get(down).wishes());
        guest.ok("wish", Map.of("cameras", 4, "voices", 3));
        assertEquals(new SubscriberWishes(List.of(), 4, 3), Fakes.relay.wishes.get(down));
        guest.ok("wish", small);
        assertEquals(
                List.of(new FeedWish(feedId, 0, 0, 0, 5)),
                Fakes.relay.wishes.get(down).feeds());
        assertEquals(
                "BAD_REQUEST", guest.refused("wish", Map.of("wishes", List.of(Map.of("feedId", feedId, "size", 3)))));
        send(
                "room.signals",
                "encodings.v1",
                roomId(host),
                new EncodingsSignal(roomId(host), host.me(), feedId, List.of("q", "h")));
        assertEquals("h", host.push("encodings").at("/data/rids/1").asText());
    }

    @Test
    void everyRoomHasTheFeedOfTheSpeakerAndItIsAPictureOnly() {
        Client host = host();
        String down = roomId(host) + "/" + host.me() + "-down";
        var wanted = List.of(Map.of("feedId", "speaker", "audioMid", "0", "videoMid", "1", "size", 1));
        JsonNode subscribed = host.ok("subscribe", Map.of("subscriptions", wanted, "sdp", OFFER));
        assertEquals(0, subscribed.path("refused").size(), "though nobody publishes");
        assertEquals("speaker", host.push("subscribed").at("/data/feedId").asText());
        var picture = List.of(new TrackBinding("1", "speaker", MediaKind.VIDEO));
        assertEquals(picture, Fakes.relay.transports.get(down).tracks());
        assertEquals(
                List.of(new FeedWish("speaker", 0, 0, 1, 1)),
                Fakes.relay.transports.get(down).wishes());
        Fakes.relay.transports.remove(down);
        var tracks = List.of(Map.of("mid", "1", "feedId", "speaker", "kind", "video"));
        JsonNode again = host.ok("renegotiate", Map.of("direction", "down", "sdp", OFFER, "tracks", tracks));
        assertEquals(0, again.path("refused").size());
        assertEquals(picture, Fakes.relay.transports.get(down).tracks());
        host.ok("unsubscribe", Map.of("feedIds", List.of("speaker"), "sdp", OFFER));
        assertEquals("speaker", host.push("unsubscribed").at("/data/feedId").asText());
        assertEquals(List.of(), Fakes.relay.transports.get(down).tracks());
    }

    @Test
    void aPublishersWeakNetworkIsToldToTheWholeRoom() throws Exception {
        Client host = host();
        Client guest = guest(host);
        var quality = new FeedQuality(90_000, 0.2, 30, 80, 0, 320, 180, 2.1);
        String roomId = roomId(host);
        send(
                "room.signals",
                "quality.v1",
                roomId,
                new QualitySignal(roomId, host.me(), "f", MediaKind.VIDEO, "", true, quality));
        for (Client each : List.of(host, guest)) {
            JsonNode told = each.push("quality").path("data");
            assertEquals("up", told.path("direction").asText());
            assertTrue(told.path("weak").asBoolean());
            assertEquals(90_000, told.path("bits").asLong());
        }
    }

    @Test
    void aRelayThatLostTheRoomIsGivenItAgain() {
        Client host = host();
        publish(host, "cam");
        Fakes.relay.rooms.remove(roomId(host));
        publish(host, "screen");
        assertTrue(Fakes.relay.rooms.contains(roomId(host)));
    }

    @Test
    void withoutAnyRelayPublishingIsRefusedAndTheCallGoesOn() {
        Client host = host();
        Fakes.master.empty = true;
        try {
            assertEquals("NO_NODE", host.refused("publish", Map.of("audioMid", "0", "sdp", OFFER)));
            assertEquals("NO_NODE", host.refused("startRecording", Map.of()));
        } finally {
            Fakes.master.empty = false;
        }
        Fakes.relay.away = true;
        try {
            assertEquals("MEDIA_UNAVAILABLE", host.refused("publish", Map.of("audioMid", "0", "sdp", OFFER)));
        } finally {
            Fakes.relay.away = false;
        }
        publish(host, "cam");
    }

    @Test
    void speakersAndTransportStatesArePushedWithoutSeq() throws Exception {
        Client host = host();
        publish(host, "cam");
        send(
                "room.signals",
                "speakers.v1",
                roomId(host),
                new SpeakersSignal(
                        roomId(host), List.of(new SpeakersSignal.Speaker(host.me(), "f", 100)), host.me(), "f"));
        JsonNode speakers = host.push("speakers");
        assertEquals(100, speakers.at("/data/speakers/0/level").asInt());
        assertEquals(host.me(), speakers.at("/data/dominantParticipantId").asText());
        assertTrue(!speakers.has("seq"));
        send(
                "relay.events",
                "transport.state.v1",
                roomId(host),
                new TransportState(roomId(host), "relay-1", host.me(), host.me() + "-up", Direction.UP, "connected"));
        assertEquals("up", host.push("transport").at("/data/direction").asText());
    }

    @Test
    @Tag("MRTC-CALL-06")
    @Tag("MRTC-CALL-07")
    @Tag("MRTC-CB-17")
    void anInvitationRingsIsAnsweredAndTheInviterIsTold() {
        Client host = host();
        Client bob = user("bob");
        String bobUid = bob.hello.path("uid").asText();
        JsonNode invited = host.ok("invite", Map.of("uid", bobUid, "extra", Map.of("why", "lunch")));
        assertTrue(invited.path("online").asBoolean());
        JsonNode shown = bob.push("invited").path("data");
        assertEquals("lunch", shown.at("/extra/why").asText());
        assertEquals(rtoken(host), shown.path("rtoken").asText());
        assertEquals(
                "INVITATION_NOT_FOUND",
                host.refused(
                        "replyInvite", Map.of("inviteId", shown.path("inviteId").asText(), "accept", true)));
        JsonNode accepted =
                bob.ok("replyInvite", Map.of("inviteId", shown.path("inviteId").asText(), "accept", true));
        bob.join(accepted.path("roomId").asText(), accepted.path("rtoken").asText());
        assertEquals(0, host.push("inviteAnswered").at("/data/reply").asInt());

        JsonNode nobody = host.ok("invite", Map.of("uid", "nobody"));
        assertTrue(!nobody.path("online").asBoolean());
        host.push("inviteAnswered", data -> data.path("reply").asInt() == 1);

        JsonNode second = host.ok("invite", Map.of("uid", bobUid, "timeoutSeconds", 60));
        bob.push("invited", data -> data.path("inviteId").equals(second.path("inviteId")));
        bob.breakOff();
        Client again = resume(bob, bob.seq());
        again.push("invited", data -> data.path("inviteId").equals(second.path("inviteId")));
        host.ok("cancelInvite", Map.of("inviteId", second.path("inviteId").asText()));
        again.push("inviteCancelled");
        JsonNode third = host.ok("invite", Map.of("uid", bobUid, "timeoutSeconds", 5));
        host.push(
                "inviteAnswered",
                data -> data.path("inviteId").equals(third.path("inviteId"))
                        && data.path("reply").asInt() == 1);
    }

    private void send(String topic, String type, String key, Object data) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            key,
                            mapper.writeValueAsString(
                                    CloudEvent.of("test", type, key, System.currentTimeMillis(), data))))
                    .get();
        }
    }
}
