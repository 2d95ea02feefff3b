package dev.parley.vod.player;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.TestAccount;
import dev.parley.vod.Node;
import dev.parley.vod.domain.Playback;
import dev.parley.vod.domain.PlaybackStore;
import dev.parley.vod.testing.Clips;
import dev.parley.vod.testing.Events;
import dev.parley.vod.testing.RelayEnd;
import dev.parley.vod.testing.RelayEnd.Manner;
import dev.parley.vod.testing.RelayEnd.Packet;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real FFmpeg, PostgreSQL, Kafka and S3; the relay's end of the wire is a real TLS server that speaks the framed protocol. */
@QuarkusTest
@WithTestResource(RealParts.class)
@WithTestResource(value = TestAccount.class, initArgs = @ResourceArg(name = "client", value = "vod"))
class PlaybackTest {
    @Inject
    Playbacks playbacks;

    @Inject
    Worker worker;

    @Inject
    PlaybackStore store;

    @Inject
    Node node;

    private final String vodId = UUID.randomUUID().toString();
    private final String roomId = "room-" + vodId;
    private RelayEnd relay;
    private Events events;

    @BeforeEach
    void connect() throws Exception {
        relay = new RelayEnd(Manner.ANSWERS, TestAccount.serviceToken());
        events = new Events("playback.events");
    }

    @AfterEach
    void disconnect() throws Exception {
        events.close();
        relay.close();
    }

    @Test
    @Tag("MRTC-CALL-32")
    @Tag("MRTC-CB-59")
    @Tag("MRTC-FEA-34")
    void playsAFilmIntoTheRoomToItsEnd() throws Exception {
        store("film.mp4", Clips.film(3));
        start(relay.node(), "vod/film.mp4", 10, false).then().statusCode(200);
        events.await(vodId, "playing");
        var over = events.await(vodId, "over");
        assertEquals(List.of("playing", "over"), events.states(vodId));
        assertEquals(roomId, over.path("key").asText());
        assertEquals("playback.event.v1", over.path("type").asText());
        assertEquals("feed-" + vodId, over.path("data").path("feedId").asText());

        List<Packet> packets = relay.awaitEnd();
        assertEquals(roomId, relay.hello().roomId());
        assertEquals("feed-" + vodId, relay.hello().feed().feedId());
        long videoTicks = checkTrack(packets, MediaKind.VIDEO, 96, 90_000);
        long audioTicks = checkTrack(packets, MediaKind.AUDIO, 111, 48_000);
        assertEquals(3.0 - 0.04, videoTicks / 90_000.0, 0.05, "75 pictures: from the first to the last");
        assertEquals(3.0, audioTicks / 48_000.0, 0.1, "all of the sound");
        checkKeyFrames(packets, 3);
        checkReports(packets);
        checkPace(packets, 2.6);
        given().auth()
                .oauth2(TestAccount.serviceToken())
                .get("/v1/playbacks/" + vodId)
                .then()
                .body("state", is("over"));
    }

    @Test
    void playsSoundAlone() throws Exception {
        store("sound.mp3", Clips.sound(2));
        start(relay.node(), "vod/sound.mp3", 10, false);
        events.await(vodId, "over");
        List<Packet> packets = relay.awaitEnd();
        assertEquals(1, relay.hello().tracks().size());
        checkTrack(packets, MediaKind.AUDIO, 111, 48_000);
    }

    @Test
    void playsAFilmThatIsTooLargeAndSilentInAPictureThatBrowsersTake() throws Exception {
        store("silent.mkv", Clips.silentFilm(2));
        start(relay.node(), "vod/silent.mkv", 10, false);
        events.await(vodId, "over");
        List<Packet> packets = relay.awaitEnd();
        assertEquals(1, relay.hello().tracks().size());
        checkTrack(packets, MediaKind.VIDEO, 96, 90_000);
        long pictures = packets.stream()
                .filter(p -> !p.isRtcp())
                .map(Packet::timestamp)
                .distinct()
                .count();
        assertEquals(60, pictures, 2, "30 a second of 50");
        assertEquals(List.of(1280, 720), H264Size.of(packets));
    }

    @Test
    void repeatsTheFileUntilStopped() throws Exception {
        store("short.mp4", Clips.film(1));
        start(relay.node(), "vod/short.mp4", 10, true);
        relay.await(all -> all.stream()
                        .filter(Packet::marker)
                        .filter(p -> p.payloadType() == 96)
                        .count()
                > 60);
        stop().then().statusCode(200);
        events.await(vodId, "over");
        checkTrack(relay.awaitEnd(), MediaKind.VIDEO, 96, 90_000);
    }

    @Test
    @Tag("MRTC-CALL-33")
    void aStopTakesTheFeedAway() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false);
        events.await(vodId, "playing");
        stop().then().statusCode(200);
        relay.awaitEnd();
        assertEquals(
                "Stopped.",
                events.await(vodId, "over").path("data").path("message").asText());
        stop().then().statusCode(200).body("state", is("over"));
    }

    @Test
    void theSameVodIdPlaysOnce() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false).then().statusCode(200);
        events.await(vodId, "playing");
        start(relay.node(), "vod/other.mp4", 10, false)
                .then()
                .statusCode(200)
                .body("state", is("playing"))
                .body("file", is("vod/long.mp4"));
        stop();
        events.await(vodId, "over");
    }

    @Test
    void anotherCopysStopReachesTheWorkerThatPlays() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false);
        events.await(vodId, "playing");
        store.askStop(vodId); // what a copy does that does not play it itself
        events.await(vodId, "over");
        relay.awaitEnd();
    }

    @Test
    void aKilledFfmpegIsAFailure() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false);
        events.await(vodId, "playing");
        assertTrue(ProcessHandle.of(playbacks.ffmpegPid(vodId)).orElseThrow().destroyForcibly());
        assertFalse(events.await(vodId, "failed")
                .path("data")
                .path("message")
                .asText()
                .isEmpty());
        relay.awaitEnd();
    }

    @Test
    void aLostRelayIsAFailureAndEndsFfmpeg() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false);
        events.await(vodId, "playing");
        ProcessHandle ffmpeg = ProcessHandle.of(playbacks.ffmpegPid(vodId)).orElseThrow();
        relay.cut();
        events.await(vodId, "failed");
        ffmpeg.onExit().get(60, TimeUnit.SECONDS);
    }

    @Test
    void mastersWordThatTheRelayIsLostIsEnough() throws Exception {
        store("long.mp4", Clips.film(30));
        start(relay.node(), "vod/long.mp4", 10, false);
        events.await(vodId, "playing");
        Events.send("node.events", "relay-test", "no event at all"); // must not stop the reader
        var lost = new NodeEvent("relay-test", "boot-test", NodeKind.RELAY, "", null);
        Events.send("node.events", "relay-test", CloudEvent.of("master/m", "node.lost.v1", "relay-test", 0, lost));
        assertEquals(
                "The room's media server was lost.",
                events.await(vodId, "failed").path("data").path("message").asText());
    }

    @Test
    void aRelayWithAnotherCertificateGetsNothing() throws Exception {
        store("film.mp4", Clips.film(1));
        start(relay.node("00".repeat(32)), "vod/film.mp4", 10, false).then().statusCode(200);
        events.await(vodId, "failed");
        assertEquals(List.of("failed"), events.states(vodId));
    }

    @Test
    void aRelayThatRefusesTheTokenIsAFailure() throws Exception {
        store("film.mp4", Clips.film(1));
        try (var strict = new RelayEnd(Manner.ANSWERS, "another token")) {
            start(strict.node(), "vod/film.mp4", 10, false);
            String message =
                    events.await(vodId, "failed").path("data").path("message").asText();
            assertTrue(message.contains("TOKEN_INVALID"), message);
        }
    }

    @Test
    @Tag("MRTC-CB-56")
    void aRelayThatSaysNothingInTimeIsAFailure() throws Exception {
        store("film.mp4", Clips.film(1));
        try (var silent = new RelayEnd(Manner.KEEPS_SILENT, "")) {
            start(silent.node(), "vod/film.mp4", 1, false);
            assertEquals(
                    "No media came in time.",
                    events.await(vodId, "failed").path("data").path("message").asText());
        }
    }

    @Test
    void aFullWorkerSaysSo() throws Exception {
        store("film.mp4", Clips.film(1));
        try (var silent = new RelayEnd(Manner.KEEPS_SILENT, "")) {
            for (int i = 0; i < 4; i++) // the limit of the test's settings
            request(vodId + "-" + i, silent.node(), "vod/film.mp4", 30, false)
                        .then()
                        .statusCode(200);
            start(silent.node(), "vod/film.mp4", 30, false)
                    .then()
                    .statusCode(503)
                    .body("error", is("NO_NODE"));
            for (int i = 0; i < 4; i++) playbacks.stop(vodId + "-" + i);
            for (int i = 0; i < 4; i++) events.await(vodId + "-" + i, "over");
        }
    }

    @Test
    void aFileThatIsNoMediaIsAFailure() throws Exception {
        store("garbage.mp4", "This is no film at all.".repeat(1_000).getBytes());
        start(relay.node(), "vod/garbage.mp4", 10, false).then().statusCode(200);
        String message =
                events.await(vodId, "failed").path("data").path("message").asText();
        assertEquals("The file cannot be read as audio or video.", message);
    }

    @Test
    void aPlaylistIsNotFollowed() throws Exception {
        store("list.mp4", "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/secret.ts\n#EXT-X-ENDLIST\n".getBytes());
        start(relay.node(), "vod/list.mp4", 10, false);
        events.await(vodId, "failed");
    }

    @Test
    void whatAFormerBootPlayedIsMarkedAsFailedAndSaid() throws Exception {
        insertOf(node.id(), "former boot");
        worker.failFormerBoots();
        assertEquals(
                "The playback worker was started again.",
                events.await(vodId, "failed").path("data").path("message").asText());
        assertEquals("failed", store.find(vodId).orElseThrow().state());
    }

    @Test
    void anotherWorkersLossIsSaidByThisOne() throws Exception {
        insertOf("vod-lost", "its boot");
        var lost = new NodeEvent("vod-lost", "its boot", NodeKind.VOD, "", null);
        Events.send("node.events", "vod-lost", CloudEvent.of("master/m", "node.lost.v1", "vod-lost", 0, lost));
        assertEquals(
                "vod/" + node.id(), events.await(vodId, "failed").path("source").asText());
    }

    @Test
    void sendsAHeartbeatThatMasterUnderstands() throws Exception {
        try (var beats = new Events("node.heartbeats")) {
            var beat = beats.await(
                    "heartbeat", e -> e.path("data").path("bootId").asText().equals(node.bootId()));
            assertEquals("node.heartbeat.v1", beat.path("type").asText());
            assertEquals("VOD", beat.path("data").path("kind").asText());
            assertEquals(node.id(), beat.path("key").asText());
        }
    }

    private void insertOf(String nodeId, String bootId) {
        assertTrue(store.insert(new Playback(vodId, roomId, "feed", "vod/a.mp4", "starting", "", nodeId, bootId), 1));
    }

    private static void store(String name, byte[] content) {
        given().auth()
                .oauth2(TestAccount.serviceToken())
                .contentType("video/mp4")
                .body(content)
                .put("/v1/files/" + name)
                .then()
                .statusCode(200);
    }

    private Response start(NodeView at, String file, int timeoutSeconds, boolean loop) {
        return request(vodId, at, file, timeoutSeconds, loop);
    }

    private Response request(String id, NodeView at, String file, int timeoutSeconds, boolean loop) {
        var feed = new FeedInfo("feed-" + vodId, "bot-" + vodId, "bot", "Bot", "", "playback");
        return given().auth()
                .oauth2(TestAccount.serviceToken())
                .contentType(ContentType.JSON)
                .body(new StartPlayback(id, roomId, at, feed, file, timeoutSeconds, loop))
                .post("/v1/playbacks");
    }

    private Response stop() {
        return given().urlEncodingEnabled(false)
                .auth()
                .oauth2(TestAccount.serviceToken())
                .post("/v1/playbacks/" + vodId + ":stop");
    }

    /** Payload type and SSRC as announced, no sequence number missing, timestamps never backwards; answers first to last, in ticks. */
    private long checkTrack(List<Packet> packets, MediaKind kind, int payloadType, int clockRate) {
        var track = relay.track(kind);
        assertEquals(payloadType, track.payloadType());
        assertEquals(clockRate, track.clockRate());
        var own = packets.stream()
                .filter(p -> !p.isRtcp() && p.ssrc() == track.ssrc())
                .toList();
        assertFalse(own.isEmpty(), kind + " came");
        for (int i = 0; i < own.size(); i++) {
            assertEquals(payloadType, own.get(i).payloadType());
            if (i == 0) continue;
            assertEquals((own.get(i - 1).sequence() + 1) & 0xFFFF, own.get(i).sequence(), kind + " sequence at " + i);
            assertTrue((int) (own.get(i).timestamp() - own.get(i - 1).timestamp()) >= 0, kind + " timestamp at " + i);
        }
        return (own.getLast().timestamp() - own.getFirst().timestamp()) & 0xFFFF_FFFFL;
    }

    /** A late subscriber gets a picture soon: a key frame with its parameter sets at least every second. */
    private void checkKeyFrames(List<Packet> packets, int seconds) {
        long ssrc = relay.track(MediaKind.VIDEO).ssrc();
        var times = packets.stream()
                .filter(p -> !p.isRtcp() && p.ssrc() == ssrc && startsWithParameterSets(p))
                .map(Packet::timestamp)
                .toList();
        assertTrue(times.size() >= seconds, times.size() + " key frames in " + seconds + " s");
        for (int i = 1; i < times.size(); i++) assertEquals(90_000, times.get(i) - times.get(i - 1), 4_000);
    }

    /** RFC 6184: a sequence parameter set (type 7) alone or first in a STAP-A (type 24); profile and constraints are those announced. */
    private static boolean startsWithParameterSets(Packet packet) {
        int type = packet.bytes()[12] & 0x1F;
        int at = type == 24 ? 15 : 12;
        if ((packet.bytes()[at] & 0x1F) != 7) return false;
        assertEquals(0x42, packet.bytes()[at + 1], "baseline profile");
        assertTrue((packet.bytes()[at + 2] & 0x40) != 0, "constrained");
        assertTrue(packet.bytes()[at + 3] <= 31, "level 3.1 at most");
        return true;
    }

    /** Both tracks say once a second how they lie on one clock, and the two agree. */
    private void checkReports(List<Packet> packets) {
        double video = originOf(packets, MediaKind.VIDEO, 90_000);
        double audio = originOf(packets, MediaKind.AUDIO, 48_000);
        assertEquals(
                video,
                audio,
                0.015,
                "lip sync: both tracks' first media at the same NTP time, but for Opus' lead of 6.5 ms");
    }

    /** NTP seconds of a track's first packet by its first report. */
    private double originOf(List<Packet> packets, MediaKind kind, int clockRate) {
        long ssrc = relay.track(kind).ssrc();
        var first = packets.stream()
                .filter(p -> !p.isRtcp() && p.ssrc() == ssrc)
                .findFirst()
                .orElseThrow();
        var reports =
                packets.stream().filter(p -> p.isRtcp() && p.ssrc() == ssrc).toList();
        assertTrue(reports.size() >= 3, kind + ": " + reports.size() + " reports in 3 s");
        var report = reports.getFirst();
        assertNotNull(report);
        double ntp = (report.int32(8) & 0xFFFF_FFFFL) + (report.int32(12) & 0xFFFF_FFFFL) / 4_294_967_296.0;
        return ntp - (report.int32(16) - (int) first.timestamp()) / (double) clockRate;
    }

    /** The file is played at its own speed, not as fast as it can be read. */
    private static void checkPace(List<Packet> packets, double secondsMin) {
        double seconds = (packets.getLast().atNs() - packets.getFirst().atNs()) / 1e9;
        assertTrue(seconds >= secondsMin, "played in " + seconds + " s");
    }

    /** Reads the picture's size out of the stream with ffprobe, as any receiver would. */
    private static final class H264Size {
        static List<Integer> of(List<Packet> packets) throws Exception {
            Path file = Files.createTempFile("vod-", ".h264");
            try {
                Files.write(file, annexB(packets));
                Process probe = new ProcessBuilder(
                                "ffprobe",
                                "-v",
                                "error",
                                "-show_entries",
                                "stream=width,height",
                                "-of",
                                "csv=p=0",
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String said = new String(probe.getInputStream().readAllBytes()).strip();
                return Arrays.stream(said.split(",")).map(Integer::valueOf).toList();
            } finally {
                Files.delete(file);
            }
        }

        /** The parameter sets and slices of the STAP-A and single NAL unit packets; enough to know the size. */
        private static byte[] annexB(List<Packet> packets) {
            var out = new ByteArrayOutputStream();
            for (Packet packet : packets) {
                if (packet.isRtcp()) continue;
                byte[] b = packet.bytes();
                if ((b[12] & 0x1F) != 24) continue;
                for (int at = 13; at + 2 < b.length; ) {
                    int length = (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
                    out.writeBytes(new byte[] {0, 0, 0, 1});
                    out.write(b, at + 2, length);
                    at += 2 + length;
                }
            }
            return out.toByteArray();
        }
    }
}
