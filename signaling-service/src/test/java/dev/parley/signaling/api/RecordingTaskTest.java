package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.signaling.fakes.Client;
import dev.parley.signaling.fakes.Fakes;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recordings that rooms have made by a recorder, and what it tells of them. */
@QuarkusTest
class RecordingTaskTest extends EventTest {
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
}
