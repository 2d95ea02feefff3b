package dev.parley.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What McuController asks of cameras, and how much of their picture it sends. */
class McuCameraTest extends McuCall {
    @TempDir
    static Path folder;

    private Person person;
    /** Has a camera that no encoder can make small. */
    private McuPage carol;

    @BeforeAll
    void aNoisyCamera(McuPair pair) throws Exception {
        person = new Person(Capture.noise(folder, "Carol"), 800, 600, "en-US");
        carol = pair.page(person);
    }

    @AfterAll
    void close() {
        person.close();
    }

    @Test
    @Tag("MRTC-REL-06b")
    void whatIsStartedBeforeTheCallIsPublishedWithoutASecondPrompt() {
        alice.open("early" + System.nanoTime());
        alice.call("InitRoomConfig({auto_publish_subscribe: 2, media_type: 1, publish_device: 1, initPublish: ["
                + "{publish_video_id: 'own', publish_streamId_id: 'ownSid', publish_tag: 'main'}]})");
        int sid = alice.await("OnMediaCallSucc").get(1).asInt();
        alice.untilShows("own", blue);
        assertEquals(1, alice.evaluate("asked.length").asInt());
        assertEquals(0, alice.count("OnCreateRoomSucc"));
        alice.call("CreateRoom()");
        assertEquals(sid, alice.await("OnPublishSucc").get(1).asInt());
        assertEquals(1, alice.evaluate("asked.length").asInt(), "the same camera and microphone");
    }

    @Test
    @Tag("MRTC-IRC-24")
    void aTierIsTheSizeOfThePictureAndWhatACameraCannotFallsBackToWhatItCan() {
        carolCreates();
        for (String tier : new String[] {"1 1280x720", "2 640x480", "3 640x360", "5 360x640"}) {
            carol.call("Publish({media_type: 3, publish_device: 1, publish_video_id: 'own', video_profile_type: "
                    + tier.charAt(0) + "})");
            int nth = carol.count("OnPublishSucc") + 1;
            int sid = carol.await("OnPublishSucc", nth).get(1).asInt();
            carol.until("(({width, height}) => width + 'x' + height === '" + tier.substring(2) + "')(look('own'))");
            carol.call("UnPublish(" + sid + ")");
            carol.await("OnUnPublishSucc", nth);
        }
        // This camera is 720 pixels high.
        carol.call("Publish({media_type: 3, publish_device: 1, publish_video_id: 'own', video_profile_type: 4})");
        carol.until("look('own').width > 0");
    }

    @Test
    @Tag("MRTC-IRC-23")
    void aForcedRatioIsTheRatioOfThePictureAndNeedsToBeNamed() {
        alice.open("ratio" + System.nanoTime());
        alice.call("InitRoomConfig({auto_publish_subscribe: 2, media_type: 1, publish_device: 1,"
                + " aspectRatioStrongDepend: true, initPublish: [{publish_video_id: 'own'}]})");
        assertEquals(-202, alice.await("OnInitRoomConfigFail").get(1).asInt());
        carolCreates();
        for (String ratio : new String[] {"1 4 3", "2 16 9"}) {
            String[] parts = ratio.split(" ");
            int nth = carol.count("OnPublishSucc") + 1;
            carol.call(
                    "Publish({media_type: 3, publish_device: 1, publish_video_id: 'own', aspectRatioStrongDepend: true,"
                            + " aspectRatio: " + parts[0] + "})");
            int sid = carol.await("OnPublishSucc", nth).get(1).asInt();
            carol.until("(({width, height}) => width > 0 && width * " + parts[2] + " === height * " + parts[1]
                    + ")(look('own'))");
            carol.call("UnPublish(" + sid + ")");
            carol.await("OnUnPublishSucc", nth);
        }
    }

    @Test
    @Tag("MRTC-IRC-20")
    void noMoreIsSentThanThePublicationMay() {
        carolCreates();
        for (int kilobits : new int[] {600, 150}) {
            String own = kilobits == 600 ? "" : ", publish_bitrate: " + kilobits;
            carol.call("Publish({media_type: 3, publish_device: 1, publish_video_id: 'own'" + own + "})");
            int nth = carol.count("OnPublishSucc") + 1;
            int sid = carol.await("OnPublishSucc", nth).get(1).asInt();
            carol.evaluate("""
                    window.sent = async () => {
                      const all = await statistics('outbound-rtp');
                      return { bytes: all.reduce((sum, one) => sum + one.bytesSent, 0), frames: Math.max(...all.map((one) => one.framesSent ?? 0)), at: all[0].timestamp };
                    }
                    """);
            carol.until("sent().then(({frames}) => frames > 40)"); // past the beginning
            carol.evaluate("sent().then((now) => { window.from = now; })");
            carol.until("sent().then((now) => { window.to = now; return now.frames > from.frames + 80; })");
            double rate = carol.evaluate("(to.bytes - from.bytes) * 8 / (to.at - from.at)")
                    .asDouble();
            assertTrue(rate < kilobits * 1.15, rate + " kbit/s of " + kilobits);
            assertTrue(rate > kilobits * 0.2, "a noisy picture needs more than it may have: " + rate);
            carol.call("UnPublish(" + sid + ")");
            carol.await("OnUnPublishSucc", nth);
        }
    }

    @Test
    @Tag("MRTC-IRC-21a")
    void theCameraAndTheMicrophoneThatWereChosenAreOpened(McuPair pair) {
        try (var withTwoCameras = new Person(null, 800, 600, "en-US")) {
            McuPage dave = pair.page(withTwoCameras);
            creates(dave, "dave");
            dave.call("GetDevices()");
            JsonNode devices = dave.await("OnGetDevicesSuccess").get(1);
            for (int i = 0; i < 2; i++) {
                String camera = devices.path("cameras").get(i).path("deviceId").asText();
                String microphone =
                        devices.path("microphones").get(i + 1).path("deviceId").asText();
                dave.call("Publish({media_type: 1, publish_device: 1, publish_video_id: 'own', videoSource: '" + camera
                        + "', audioSource: '" + microphone + "'})");
                int sid = dave.await("OnPublishSucc", i + 1).get(1).asInt();
                assertEquals(
                        List.of(camera, microphone),
                        texts(
                                dave.evaluate(
                                        "['Video', 'Audio'].map((kind) => own.srcObject[`get${kind}Tracks`]()[0].getSettings().deviceId)")));
                dave.call("UnPublish(" + sid + ")");
                dave.await("OnUnPublishSucc", i + 1);
            }
        }
    }

    private void carolCreates() {
        creates(carol, "carol");
    }

    private static void creates(McuPage page, String uid) {
        page.open(uid + System.nanoTime());
        page.call("InitRoomConfig({auto_publish_subscribe: 4})");
        page.await("OnInitRoomConfigOK");
        page.call("CreateRoom()");
        page.await("OnCreateRoomSucc");
    }
}
