package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call through McuController from its beginning to its end, and what is done with its streams. */
class McuControllerTest extends McuCall {
    /** Alice publishes and receives by herself, in a room of her own; Bob is in it and does what he is told. */
    @BeforeEach
    void aRoom() {
        aliceCreates(
                "{auto_publish_subscribe: 3, initSubscribe: [{" + SLOT + "}, {}], media_type: 1,"
                        + " publish_device: 1, initPublish: [{publish_video_id: 'own', publish_streamId_id: 'ownSid', publish_tag: 'main'}]}");
        alice.await("OnPublishSucc");
        bobJoins("{auto_publish_subscribe: 4}");
    }

    @Test
    @Tag("MRTC-CALL-01")
    @Tag("MRTC-CALL-02")
    @Tag("MRTC-CALL-09")
    @Tag("MRTC-CALL-10")
    @Tag("MRTC-CALL-24")
    @Tag("MRTC-CALL-25")
    @Tag("MRTC-FEA-01")
    @Tag("MRTC-IRC-03")
    @Tag("MRTC-IRC-04")
    void twoPeopleSeeAndHearEachOtherUntilTheyEndIt() {
        JsonNode attendance = bob.await("OnRoomAttendanceList");
        assertEquals(aliceUid(), attendance.at("/1/0/uid").asText());
        assertEquals("main", attendance.at("/1/0/publish/0/tag").asText());
        assertEquals(0, bob.count("OnSubscribeSucc") + bob.count("OnMediaCallSucc"), "nothing happens by itself");
        alice.await("OnNewJoinerIn");
        int bobsSid = bobPublishes();
        assertEquals(bobsSid, bob.await("OnMediaCallSucc").get(1).asInt());
        assertEquals("" + bobsSid, bob.evaluate("ownSid.textContent").asText());
        bob.untilShows("own", orange);
        alice.await("OnSubscribeSucc");
        alice.untilShows("v1", orange);
        alice.untilSounds("a1", 1130);
        String sid = bobSubscribes();
        alice.await("OnNewSubscribe");
        bob.untilShows("v1", blue);
        bob.untilSounds("a1", 440);
        bob.until("s1.textContent === '" + sid + "' && f1.textContent !== ''");

        bob.call("SendTextMsg('hello', ['" + aliceUid() + "'])");
        bob.await("OnSendTextMsgSucc");
        assertEquals(
                "[\"OnReceiveTextMsg\",\"" + bobUid() + "\",\"hello\"]",
                alice.await("OnReceiveTextMsg").toString());

        bob.call("UnSubscribe('" + sid + "')");
        assertEquals(sid, bob.await("OnUnSubscribeSucc").get(1).asText());
        assertEquals(
                "[\"OnMediaClose\",5001," + sid + "]", bob.await("OnMediaClose").toString());
        alice.await("OnUnSubscribe");
        assertTrue(
                bob.evaluate("v1.srcObject === null && a1.srcObject === null").asBoolean());

        bob.call("UnPublish(" + bobsSid + ")");
        bob.await("OnUnPublishSucc");
        alice.await("OnUnPublish");
        assertEquals(5006, alice.await("OnMediaClose").get(1).asInt());
        assertTrue(bob.evaluate("own.srcObject === null").asBoolean());

        alice.call("Disconnect()");
        alice.await("OnConnectClose");
        assertEquals(
                List.of("OnMediaClose", "OnLeaveRoom", "OnConnectClose"),
                texts(alice.evaluate("heard.map(([name]) => name).slice(-3)")));
        assertEquals(5008, alice.await("OnMediaClose", 2).get(1).asInt());
        assertEquals(1, bob.await("OnParticipantLeaveRoom").get(2).asInt());
    }

    @Test
    @Tag("MRTC-CALL-11")
    @Tag("MRTC-CALL-12")
    void aMicrophoneAndACameraGoOffAndOnForTheOthers() {
        int sid = bobPublishes();
        alice.untilSounds("a1", 1130);
        alice.untilShows("v1", orange);
        bob.call("SetLocalAudioEnable(0, " + sid + ")");
        alice.until("isStill('audio')");
        bob.call("SetLocalAudioEnable(1, " + sid + ")");
        alice.untilSounds("a1", 1130);
        bob.call("SetLocalVideoEnable(0, " + sid + ")");
        alice.until("isStill('video')");
        bob.call("SetLocalVideoEnable(1, " + sid + ")");
        alice.evaluate("window.before = look('v1').frames");
        alice.until("look('v1').frames > before + 5");
        alice.untilShows("v1", orange);
        assertEquals(1, bob.count("OnPublishSucc"), "nothing was published again");
        assertEquals(1, alice.count("OnNewPublish"));
    }

    @Test
    @Tag("MRTC-CALL-37")
    @Tag("MRTC-CALL-38")
    @Tag("MRTC-CALL-39")
    void aStreamChangesItsSourceAndSizeUnderTheSameSid() {
        int sid = bobPublishes();
        alice.untilShows("v1", orange);
        // Chromium's fake screen is green.
        bob.call("ChangeMediaStream({sid: " + sid + ", media_type: 3, publish_device: 2})");
        bob.await("OnChangeMediaStreamSuccess");
        alice.untilShows("v1", GREEN);
        bob.call("ChangeMediaStream({sid: " + sid + ", media_type: 1, publish_device: 1})");
        bob.await("OnChangeMediaStreamSuccess", 2);
        alice.untilShows("v1", orange);
        bob.page()
                .evaluate(
                        "async () => { const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 360});"
                                + " const context = canvas.getContext('2d'); context.fillStyle = 'rgb(0,160,0)'; context.fillRect(0, 0, 640, 360);"
                                + " const blob = await new Promise((done) => canvas.toBlob(done)); window.file = new File([blob], 'green.png', {type: 'image/png'}); }");
        bob.call("ChangeMediaStream({sid: " + sid + ", media_type: 1, publish_device: 3, file})");
        assertEquals(sid, bob.await("OnChangeMediaStreamSuccess", 3).get(1).asInt());
        alice.untilShows("v1", GREEN);
        bob.call("ChangeMediaStream({sid: " + sid + ", media_type: 1, publish_device: 1})");
        bob.await("OnChangeMediaStreamSuccess", 4);
        alice.untilShows("v1", orange);
        alice.untilSounds("a1", 1130);
        bob.call(
                "ChangeMediaStream({sid: " + sid + ", media_type: 3, publish_device: 4, part_of_screen_id: 'region'})");
        bob.await("OnChangeMediaStreamSuccess", 5);
        alice.untilShows("v1", GREEN);
        bob.call("ChangeMediaStream({sid: " + sid + ", media_type: 1, publish_device: 1})");
        bob.await("OnChangeMediaStreamSuccess", 6);
        bob.call("ChangeProfile({sid: " + sid + ", local_video_width: 320, local_video_height: 180})");
        bob.await("OnChangeMediaStreamSuccess", 7);
        alice.until("look('v1').width === 320 && look('v1').height === 180");
        assertEquals(1, alice.count("OnSubscribeSucc"), "the same reception");
        assertEquals(0, bob.count("OnChangeMediaStreamFailed"));
        bob.call("GetDevices()");
        JsonNode devices = bob.await("OnGetDevicesSuccess").get(1);
        assertTrue(
                devices.path("cameras").size() > 0
                        && devices.path("microphones").size() > 0,
                devices.toString());
        assertTrue(!devices.at("/cameras/0/deviceId").asText().isEmpty()
                && !devices.at("/cameras/0/label").asText().isEmpty());
    }

    @Test
    @Tag("MRTC-CALL-15")
    @Tag("MRTC-CALL-17")
    @Tag("MRTC-CALL-20")
    @Tag("MRTC-CALL-34")
    @Tag("MRTC-CALL-40")
    @Tag("MRTC-CB-68")
    @Tag("MRTC-CB-72")
    @Tag("MRTC-CB-74")
    @Tag("MRTC-CB-76")
    void picturesRecordingsAndTheLogAreSavedInTheBrowser(@TempDir Path folder) throws Exception {
        String theirs = bobSubscribes();
        bob.call("StartBrowserRecord('none', ['" + theirs + "'], {media_type: 9})");
        assertEquals(-20305, bob.await("OnClientStartRecordFailed", 1).get(2).asInt());
        bob.call("StartBrowserRecord('none', [999], {media_type: 1})");
        assertEquals(-20304, bob.await("OnClientStartRecordFailed", 2).get(2).asInt());
        int mine = bobPublishes();
        bob.untilShows("v1", blue);
        Download picture = bob.page()
                .waitForDownload(() -> bob.page()
                        .evaluate("async () => { const blob = await mcu.TakePicture(1, 160, 90, '" + theirs + "', 2);"
                                + " window.taken = blob.type; }"));
        assertEquals("image/jpeg", bob.evaluate("taken").asText());
        Path jpeg = save(picture, folder.resolve("theirs.jpg"));
        assertTrue(Picture.at(jpeg, 0, 0, 0, 1, 1).distance(blue) < 60);
        Download own =
                bob.page().waitForDownload(() -> bob.call("TakePicture(0, undefined, undefined, " + mine + ", 1)"));
        Path png = save(own, folder.resolve("mine.png"));
        assertTrue(Picture.at(png, 0, 0, 0, 1, 1).distance(orange) < 60);
        RecordingFacts facts = RecordingFacts.of(png);
        assertEquals("320x180", facts.width() + "x" + facts.height(), "as large as its window");

        bob.call("DownloadRecord('r1', 'call.webm')");
        assertEquals(-20352, bob.await("OnClientDownloadRecordFailed", 1).get(2).asInt());
        bob.call("PauseRecord('r1')");
        assertEquals(-20372, bob.await("OnClientPauseRecordFailed").get(2).asInt());
        bob.call("ResumeRecord('r1')");
        assertEquals(-20392, bob.await("OnClientResumeRecordFailed").get(2).asInt());
        bob.call("StopRecord('r1')"); // nothing is recorded: returns
        bob.call("StartBrowserRecord('r1', [" + mine + ", '" + theirs + "'], {media_type: 1, record_type: 1})");
        bob.await("OnClientStartRecordSuccess");
        bob.call("StartBrowserRecord('r2', [" + mine + "], {media_type: 1})");
        assertEquals(-20302, bob.await("OnClientStartRecordFailed", 3).get(2).asInt());
        bob.call("DownloadRecord('r1', 'call.webm')");
        assertEquals(-20353, bob.await("OnClientDownloadRecordFailed", 2).get(2).asInt());
        bob.evaluate("window.before = look('own').frames");
        bob.until("look('own').frames > before + 100");
        bob.call("PauseRecord('r1')");
        bob.await("OnClientPauseRecordSuccess");
        bob.call("ResumeRecord('r1')");
        bob.await("OnClientResumeRecordSuccess");
        bob.call("StopRecord('r1')");
        JsonNode stopped = bob.await("OnClientStopRecordSuccess");
        assertTrue(
                stopped.get(1).asText().startsWith("blob:")
                        && stopped.at("/2/size").asLong() > 10_000,
                stopped.toString());
        assertEquals(1, bob.count("OnClientStopRecordSuccess"));
        bob.call("StartBrowserRecord('r1', [" + mine + "], {media_type: 1})");
        assertEquals(-20303, bob.await("OnClientStartRecordFailed", 4).get(2).asInt());
        Path film = save(
                bob.page().waitForDownload(() -> bob.call("DownloadRecord('r1', 'call.webm')")),
                folder.resolve("call.webm"));
        bob.await("OnClientDownloadRecordSuccess");
        assertTrue(Picture.at(film, 1, 0.1, 0.2, 0.3, 0.6).distance(orange) < 80, "I am on the left");
        assertTrue(Picture.at(film, 1, 0.6, 0.2, 0.3, 0.6).distance(blue) < 80, "she is on the right");
        Tone tone = Tone.of(film);
        assertTrue(tone.carries(440) && tone.carries(1130), tone.decibels(440) + " and " + tone.decibels(1130) + " dB");

        Path log = save(bob.page().waitForDownload(() -> bob.call("DownloadLog()")), folder.resolve("log"));
        assertTrue(Files.readString(log).contains("OnClientStopRecordSuccess"));
        bob.call("LeaveRoom()");
        bob.await("OnLeaveRoom");
        int failed = bob.count("OnClientStartRecordFailed");
        bob.call("StartBrowserRecord('r3', [" + mine + "], {media_type: 1})");
        assertEquals(
                -20301,
                bob.await("OnClientStartRecordFailed", failed + 1).get(2).asInt());
        bob.call("PauseRecord('r1')");
        assertEquals(-20371, bob.await("OnClientPauseRecordFailed", 2).get(2).asInt());
        bob.call("ResumeRecord('r1')");
        assertEquals(-20391, bob.await("OnClientResumeRecordFailed", 2).get(2).asInt());
        bob.call("DownloadRecord('r1', 'x')");
        assertEquals(-20351, bob.await("OnClientDownloadRecordFailed", 3).get(2).asInt());
    }

    @Test
    @Tag("MRTC-WIRE-09")
    void theServerRecordsAndPlaysAFile() {
        alice.call("StartRemoteRecord('', {width: 320, height: 180}, 'batch 7')");
        assertEquals("batch 7", alice.await("OnInitRemoteRecordSucc").get(2).asText());
        JsonNode started = alice.await("OnStartRemoteRecordSucc");
        String recordId = started.get(1).asText();
        assertEquals("batch 7", started.get(2).asText());
        alice.call("PauseRemoteRecord('" + recordId + "')");
        alice.await("OnPauseRemoteRecordSucc");
        alice.call("PauseRemoteRecord('" + recordId + "')");
        assertEquals(-10342, alice.await("OnPauseRemoteRecordFailed").get(2).asInt());
        alice.call("ResumeRemoteRecord('" + recordId + "')");
        alice.await("OnResumeRemoteRecordSucc");

        alice.call("StartVod({vodFile: 'vod/bot.mp4', vodStartTimeout: 60})");
        String vodId = alice.await("OnStartVodSuccess").get(2).asText();
        alice.await("OnSubscribeSucc");
        alice.until("look('v1').frames > 5");
        assertEquals(101, bob.await("OnNewPublish").at("/1/userType").asInt(), "no person");
        bob.call("LeaveRoom()");
        bob.await("OnLeaveRoom");
        JsonNode room = alice.await("OnCreateRoomSucc");
        bob.call("JoinRoom('" + room.get(1).asText() + "', '" + room.get(2).asText() + "')");
        bob.await("OnRoomAttendanceList", 2);
        assertEquals(
                "[0,101]",
                bob.evaluate("of('OnRoomAttendanceList')[1][1].map(({userType}) => userType).sort((a, b) => a - b)")
                        .toString());
        alice.call("StopVod('" + vodId + "')");
        alice.await("OnStopVodSuccess");
        alice.call("StartVod({vodFile: 'vod/none.mp4'})");
        alice.until("of('OnStartVodFail').some((fail) => [-10371, -10373].includes(fail[3]))");

        alice.call("StopRemoteRecord('" + recordId + "')");
        alice.await("OnStopRemoteRecordSucc");
        alice.await("OnRemoteRecordOver");
        String roomId = room.get(1).asText();
        // One question at a time: a busy machine would answer none of many.
        alice.evaluate("window.questions = 0");
        alice.until("((of('OnRemoteRecordInfoSucc').length + of('OnRemoteRecordInfoFailed').length >= questions"
                + " && (questions++, mcu.GetRecordInfo('" + recordId + "', '" + roomId + "'))),"
                + " of('OnRemoteRecordInfoSucc').some(([, info]) => info.status === 2))");
        JsonNode info = alice.evaluate(
                "of('OnRemoteRecordInfoSucc').map(([, info]) => info).find((info) => info.status === 2)");
        assertEquals(2, info.path("fileType").asInt());
        assertTrue(info.path("filePath").asText().endsWith(".mp4"), info.toString());
        alice.evaluate(
                "(() => { const own = mcu.OnGetSign; mcu.OnGetSign = (biz, sub) => own(biz, sub, 'another'); })()");
        alice.call("GetRecordInfo('" + recordId + "', '" + roomId + "')");
        assertEquals(-10352, alice.await("OnRemoteRecordInfoFailed").get(2).asInt());
    }

    @Test
    @Tag("MRTC-CB-16")
    void whoIsInvitedJoinsWithWhatTheInvitationBrings() {
        bob.call("LeaveRoom()");
        assertEquals(1, bob.await("OnLeaveRoom").get(1).asInt());
        alice.call("Invite('" + bobUid() + "', 0, '{\"why\":\"lunch\"}')");
        alice.await("OnInviteOK");
        JsonNode request = bob.await("OnInviteRequest");
        JsonNode room = alice.await("OnCreateRoomSucc");
        assertEquals(room.get(1), request.get(1));
        assertEquals(room.get(2), request.get(2));
        assertEquals(aliceUid(), request.get(3).asText());
        assertEquals("{\"why\":\"lunch\"}", request.get(4).asText());
        bob.call("ReplyInvite('" + request.get(1).asText() + "', '" + aliceUid() + "', 0)");
        bob.await("OnReplyInviteOK");
        assertEquals(0, alice.await("OnInviteReply").get(2).asInt());
        bob.call(
                "JoinRoom('" + request.get(1).asText() + "', '" + request.get(2).asText() + "')");
        bob.await("OnJoinRoomSucc", 2);
        alice.call("Invite('nobody', 0, '')");
        alice.until("of('OnInviteReply').some(([, uid, reply]) => uid === 'nobody' && reply === 1)");
    }

    private static Path save(Download download, Path to) throws IOException {
        download.saveAs(to);
        return to;
    }
}
