package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What rooms have done by others, and what those tell over Kafka. */
@QuarkusTest
class TaskTest extends EventTest {
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
}
