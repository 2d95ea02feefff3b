package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as pages ask for them through McuController: from the room's start, of one and of two people, ended by leaving, asked for afterwards. */
class RecordingControlTest extends McuCall {
    private static final int ALICES_HZ = 440, BOBS_HZ = 1130;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** So many pictures, that the films are some seconds long. */
    private static final int PICTURES = 90;

    private static final String SMALL = "width: 320, height: 180, fps: 10, rtWatermark: 0";

    @TempDir
    Path folder;

    private Suite suite;

    @Test
    @Tag("MRTC-CALL-23")
    @Tag("MRTC-CB-93")
    @Tag("MRTC-FEA-13")
    @Tag("MRTC-IRC-11")
    @Tag("MRTC-IRC-12")
    @Tag("MRTC-IRC-13")
    @Tag("MRTC-IRC-16")
    @Tag("MRTC-RP-11")
    @Tag("MRTC-RP-20")
    @Tag("MRTC-RP-23a")
    void aRoomIsRecordedFromItsStartAsItsConfigurationSays(Suite suite, McuPair pair) throws Exception {
        this.suite = suite;
        alice.open("alice");
        bob.open("bob");
        withoutARecordingAStrongCallFailsAndAWeakOneGoesOn();
        films(pair.bizName);
    }

    private void withoutARecordingAStrongCallFailsAndAWeakOneGoesOn() {
        alice.call("InitRoomConfig({auto_publish_subscribe: 4, filePath: 'contracts/one.mp4'})");
        assertEquals(-202, alice.await("OnInitRoomConfigFail").get(1).asInt());
        String impossible = "auto_publish_subscribe: 4, defaultRecord: true, recordParam: {fps: 500}";
        alice.call("InitRoomConfig({" + impossible + "})");
        alice.await("OnInitRoomConfigOK");
        alice.call("CreateRoom()");
        assertEquals(-302, alice.await("OnCreateRoomFailed").get(1).asInt());
        assertEquals(-10311, alice.await("OnStartRemoteRecordFailed").get(2).asInt());
        alice.call("InitRoomConfig({" + impossible + ", recordStrongDepend: false, record_third_id: 'third'})");
        alice.await("OnInitRoomConfigOK", 2);
        alice.call("CreateRoom()");
        alice.await("OnCreateRoomSucc");
        JsonNode told = alice.await("OnStartRemoteRecordFailed", 2);
        assertEquals("third", told.get(4).asText());
        alice.call("LeaveRoom()");
        alice.await("OnLeaveRoom");
    }

    private void films(String bizName) throws Exception {
        alice.call("InitRoomConfig({auto_publish_subscribe: 2, media_type: 1, publish_device: 1, initPublish: ["
                + "{publish_video_id: 'own', publish_streamId_id: 'ownSid', publish_tag: 'customer-1'}],"
                + " defaultRecord: true, filePath: 'contracts/one.mp4', record_third_id: 'mine', recordParam: {" + SMALL
                + ", tagFilter: 'customer', splitType: 1, splitFilePath: 'contracts/voice.mp4'}})");
        alice.await("OnInitRoomConfigOK", 3);
        alice.call("CreateRoom()");
        JsonNode room = alice.await("OnCreateRoomSucc", 2);
        String roomId = room.get(1).asText();
        JsonNode begun = alice.await("OnInitRemoteRecordSucc");
        String alices = begun.get(1).asText();
        assertEquals("mine", begun.get(2).asText());
        assertEquals("mine", alice.await("OnStartRemoteRecordSucc").get(2).asText());
        assertEquals(0, info(alices, roomId, 0).path("status").asInt());

        bob.call("InitRoomConfig({auto_publish_subscribe: 4})");
        bob.call("JoinRoom('" + roomId + "', '" + room.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc");
        bob.call("Publish({media_type: 1, publish_device: 1, publish_video_id: 'own', publish_streamId_id: 'ownSid',"
                + " publish_tag: 'agent'})");
        bob.await("OnPublishSucc");
        bob.call("StartRemoteRecord('', {" + SMALL + ", recordTotalStream: 2}, 'both')");
        bob.await("OnStartRemoteRecordSucc");
        String bobs = bob.evaluate("of('OnInitRemoteRecordSucc')[0][1]").asText();
        bob.evaluate("window.before = look('own').frames");
        bob.until("look('own').frames > before + " + PICTURES);

        bob.call("LeaveRoom()");
        until(bobs, view -> !view.path("state").asText().equals("RECORDING"));
        assertEquals("RECORDING", view(alices).path("state").asText(), "its starter is still there");
        alice.call("StopRemoteRecord('" + alices + "')");
        assertEquals(alices, alice.await("OnRemoteRecordOver").get(1).asText());
        statusesEndWith2(alices, roomId);
        assertFalse(
                alice.evaluate(
                                "of('OnRemoteRecordInfoSucc').filter(([, i]) => i.status !== 2 && (i.filePath || i.fileType))"
                                        + ".length > 0")
                        .asBoolean(),
                "the file is told only when it is there");

        assertEquals(
                "files/" + bizName + "/contracts/one.mp4",
                info(alices, roomId, 0).path("filePath").asText());
        assertEquals(2, info(alices, roomId, 0).path("fileType").asInt());
        assertEquals(
                "files/" + bizName + "/contracts/voice.mp4",
                info(alices, roomId, 1).path("filePath").asText());
        until(bobs, view -> view.path("state").asText().equals("DONE"));
        onlyAliceIsInHers(alices);
        bothAreInBobs(bobs);
        aFailedOneHasStatus3();
    }

    private void onlyAliceIsInHers(String recordId) throws Exception {
        Path film = file(recordId, 0);
        Tone sound = Tone.of(film);
        assertTrue(sound.carries(ALICES_HZ), "Alice is heard");
        assertFalse(sound.carries(BOBS_HZ), "Bob has another tag");
        Picture blue = new Picture(0x1f, 0x4f, 0xa0);
        double middle = sound.seconds() / 2;
        for (double x : List.of(0.05, 0.55)) {
            Picture half = Picture.at(film, middle, x, 0.35, 0.4, 0.3);
            assertTrue(half.distance(blue) < 60, "she alone fills the picture: " + half);
        }
        RecordingFacts voice = RecordingFacts.of(file(recordId, 1));
        assertEquals("", voice.videoCodec());
        assertEquals("aac", voice.audioCodec());
    }

    private void bothAreInBobs(String recordId) throws Exception {
        Path film = file(recordId, 0);
        Tone sound = Tone.of(film);
        assertTrue(sound.carries(ALICES_HZ) && sound.carries(BOBS_HZ), "both are heard");
        double late = sound.seconds() - 1;
        Picture left = Picture.at(film, late, 0.02, 0.4, 0.05, 0.05);
        Picture right = Picture.at(film, late, 0.93, 0.4, 0.05, 0.05);
        assertTrue(left.distance(right) > 80, "two people side by side: " + left + " and " + right);
    }

    private void aFailedOneHasStatus3() throws Exception {
        int failures = alice.count("OnStartRemoteRecordFailed");
        alice.call("StartRemoteRecord('', {recordTotalStream: 90, startTimeout: 1}, 'none')");
        JsonNode failed = alice.await("OnStartRemoteRecordFailed", failures + 1);
        assertEquals(-10314, failed.get(2).asInt());
        String recordId = failed.get(1).asText();
        String roomId = view(recordId).path("roomId").asText();
        assertEquals(3, info(recordId, roomId, 0).path("status").asInt());
    }

    /** Asks again and again: 1 while the file is made, if that can be seen, then 2 for good. */
    private void statusesEndWith2(String recordId, String roomId) {
        var statuses = new ArrayList<Integer>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (statuses.isEmpty() || statuses.getLast() != 2) {
            assertTrue(System.nanoTime() < deadline, "not made in time: " + statuses);
            statuses.add(info(recordId, roomId, 0).path("status").asInt());
        }
        List<Integer> seen = statuses.stream().distinct().toList();
        assertTrue(seen.equals(List.of(1, 2)) || seen.equals(List.of(2)), "uploading, then its result: " + seen);
    }

    private JsonNode info(String recordId, String roomId, int mediaType) {
        int before = alice.count("OnRemoteRecordInfoSucc");
        alice.call("GetRecordInfo('" + recordId + "', '" + roomId + "', " + mediaType + ")");
        return alice.await("OnRemoteRecordInfoSucc", before + 1).get(1);
    }

    private Path file(String recordId, int index) throws Exception {
        String url = view(recordId).path("files").get(index).path("url").asText();
        return suite.download(url, folder.resolve(recordId + "-" + index + ".mp4"));
    }

    private JsonNode view(String recordId) throws Exception {
        return suite.get("recorder", "/v1/recordings/" + recordId, suite.serviceToken());
    }

    private void until(String recordId, java.util.function.Predicate<JsonNode> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(view(recordId))) {
            assertTrue(System.nanoTime() < deadline, "not in time: " + view(recordId));
            alice.page().waitForTimeout(100);
        }
    }
}
