package dev.parley.recorder.compose;

import static dev.parley.recorder.compose.Film.BLACK;
import static dev.parley.recorder.compose.Film.BLUE;
import static dev.parley.recorder.compose.Film.GREEN;
import static dev.parley.recorder.compose.Film.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.rtp.framed.TrackEvent;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films made by the real FFmpeg from journals of real coded media, then decoded and measured. */
@Tag("film")
class ComposerTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
    }

    /** Small where the size does not matter: what a test waits for is FFmpeg. */
    private static final String SMALL = "{\"width\":320,\"height\":180,\"fps\":10,\"rtWatermark\":0}";

    @Test
    @Tag("MRTC-FEA-12")
    @Tag("MRTC-ARC-11")
    @Tag("MRTC-RP-12a")
    @Tag("MRTC-RP-13a")
    void twoPeopleStandSideBySideAndBothAreHeard() throws Exception {
        studio.video("ann", 0, Clips.vp8("red", "320x180", 15, 4));
        studio.audio("ann", 0, Clips.opus(440, 4));
        studio.video("bob", 2_000, Clips.vp8("blue", "640x360", 15, 2));
        studio.audio("bob", 2_000, Clips.opus(1_100, 2));
        studio.journal().stop(4_000);

        CompositionResult made = studio.compose(RecordParam.DEFAULTS);

        assertEquals(4_000, made.files().getFirst().durationMs(), 150);
        assertEquals(0, made.files().getFirst().mediaType());
        assertTrue(Math.abs(made.startedAtMs() - JournalMaker.WALL_MS) < 50, "started at " + made.startedAtMs());
        assertEquals(List.of(), made.warnings());
        List<Integer> progress = studio.progress();
        assertEquals(progress.stream().sorted().toList(), progress, "never backwards");
        assertTrue(progress.getFirst() == 5 && progress.getLast() == 90, "progress " + progress);
        assertTrue(isFastStart(made.files().getFirst().path()), "moov comes before mdat");

        Film film = Film.of(made);
        assertEquals(List.of("h264", "aac"), film.codecs());
        assertEquals(640, film.width());
        assertEquals(80, film.frames());
        film.assertColour(RED, 3, 160, 180);
        film.assertColour(BLUE, 3, 480, 180);
        film.assertColour(RED, 1, 160, 180);
        film.assertColour(BLACK, 1, 480, 180); // not there yet
        double early440 = film.tone(0.5, 1.5, 440);
        assertTrue(early440 > 0.05, "440 Hz alone: " + early440);
        assertTrue(film.tone(0.5, 1.5, 1_100) < early440 / 30, "1100 Hz before its time");
        double late440 = film.tone(2.5, 3.5, 440);
        double late1100 = film.tone(2.5, 3.5, 1_100);
        assertTrue(late1100 > 0.05 && late440 > 0.05, "both heard: " + late440 + ", " + late1100);
        assertEquals(early440, late440, early440 * 0.25, "nobody is made quieter by the other");
    }

    @Test
    @Tag("MRTC-FEA-13")
    void ninePeopleAreAllSeenAndHeardEachInAWindowOfHisOwn() throws Exception {
        int[] colours = {RED, GREEN, BLUE};
        var clips = List.of(
                Clips.vp8("red", "160x90", 10, 2),
                Clips.vp8("green", "160x90", 10, 2),
                Clips.vp8("blue", "160x90", 10, 2));
        for (int i = 0; i < 9; i++) {
            studio.video("person" + i, 0, clips.get(i % 3));
            studio.audio("person" + i, 0, Clips.opus(400 + 210 * i, 2));
        }
        studio.journal().stop(2_000);

        Film film =
                Film.of(studio.compose("{\"width\":480,\"height\":270,\"fps\":10,\"rtWatermark\":0,\"layoutMode\":2}"));

        for (int i = 0; i < 9; i++) {
            film.assertColour(colours[i % 3], 1, 160 * (i % 3) + 80, 90 * (i / 3) + 45);
            double heard = film.tone(0.5, 1.5, 400 + 210 * i);
            double beside = film.tone(0.5, 1.5, 505 + 210 * i);
            assertTrue(heard > 0.01 && heard > 5 * beside, "person " + i + ": " + heard + " beside " + beside);
        }
    }

    @Test
    void gapsAreSilentAndBlackAndALateJoinerIsInTime() throws Exception {
        List<Clips.Unit> tone = Clips.opus(440, 2);
        TrackEvent voice = studio.started("ann", MediaKind.AUDIO, "opus", 0);
        studio.opus(voice, 0, 0, tone, 0);
        studio.opus(voice, 5_000, 5_000, tone, 500); // three seconds of nothing were sent
        studio.video("ann", 1_000, Clips.vp8("red", "320x180", 10, 2));
        studio.journal().stop(9_500);

        Film film = Film.of(studio.compose(SMALL));

        assertTrue(film.tone(0.5, 1.5, 440) > 0.05);
        assertTrue(film.tone(2.7, 4.9, 440) < 0.001, "silence");
        assertTrue(film.tone(5.1, 6.9, 440) > 0.05, "back in time");
        film.assertColour(BLACK, 0.5, 160, 90);
        film.assertColour(RED, 2, 160, 90);
        film.assertColour(RED, 4, 160, 90); // the last picture stands for a while
        film.assertColour(BLACK, 9.2, 160, 90);
    }

    @Test
    void aChangeOfSizeALossAndDisorderDoNotBreakThePicture() throws Exception {
        TrackEvent camera = studio.started("ann", MediaKind.VIDEO, "VP8", 0);
        int next = studio.vp8(camera, 0, 0, Clips.vp8("red", "160x90", 10, 1), 65_530);
        next = studio.vp8(camera, 1_000, 90_000, Clips.vp8("green", "320x180", 10, 1), next);
        studio.vp8(camera, 2_000, 180_000, Clips.vp8("blue", "200x200", 10, 1), next + 7);
        studio.journal().stop(3_000);

        CompositionResult made = studio.compose(SMALL);

        assertEquals(2, made.files().getFirst().mediaType());
        assertEquals(List.of("7 packets were lost"), made.warnings());
        Film film = Film.of(made);
        film.assertColour(RED, 0.5, 160, 90);
        film.assertColour(GREEN, 1.5, 160, 90);
        film.assertColour(BLUE, 2.5, 160, 90);
        film.assertColour(BLACK, 2.5, 30, 90); // a square stands in the middle
    }

    /** FFmpeg's own packetizer: STAP-A and FU-A over a real socket, at the rate of a camera. */
    @Test
    void h264AsFfmpegPacketizesItIsPutTogether() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(4 << 20);
            socket.setSoTimeout(500);
            Thread sender = Thread.ofVirtual().start(() -> send(socket.getLocalPort()));
            var datagram = new DatagramPacket(new byte[2048], 2048);
            TrackEvent camera = null;
            int firstTimestamp = 0;
            while (true) {
                try {
                    socket.receive(datagram);
                } catch (SocketTimeoutException _) {
                    if (!sender.isAlive()) break; // all was sent and nothing more comes
                    continue;
                }
                byte[] packet = Arrays.copyOf(datagram.getData(), datagram.getLength());
                if ((packet[1] & 0xFF) >= 192 && (packet[1] & 0xFF) <= 223) continue; // RTCP
                if (camera == null) {
                    long ssrc = ByteBuffer.wrap(packet).getInt(8) & 0xFFFF_FFFFL;
                    camera = new TrackEvent(
                            "started",
                            JournalMaker.track("ann", MediaKind.VIDEO, 0, "").feed(),
                            MediaKind.VIDEO,
                            ssrc,
                            "H264",
                            96,
                            90_000,
                            0,
                            "packetization-mode=1",
                            false,
                            Map.of());
                    studio.journal().track(0, camera);
                    firstTimestamp = ByteBuffer.wrap(packet).getInt(4);
                }
                // As on a network that takes the same time for each: when they really come here, the machine's load
                // decides.
                int sinceFirst = ByteBuffer.wrap(packet).getInt(4) - firstTimestamp;
                studio.journal().raw(sinceFirst / 90, RecordType.RTP, packet);
            }
        }
        studio.journal().stop(1_000);
        CompositionResult made = studio.compose(SMALL);
        assertEquals(List.of(), made.warnings());
        long ms = made.files().getFirst().durationMs();
        assertTrue(ms > 950 && ms < 1_050, "ms: " + ms);
        Film film = Film.of(made);
        film.assertColour(GREEN, 0.2, 160, 90);
        film.assertColour(GREEN, 0.9, 160, 90);
    }

    private static void send(int port) {
        try {
            Clips.ffmpeg(
                    "-re",
                    "-f",
                    "lavfi",
                    "-i",
                    "color=c=green:s=640x360:r=15,noise=alls=8:allf=t",
                    "-t",
                    "1",
                    "-c:v",
                    "libx264",
                    "-profile:v",
                    "baseline",
                    "-tune",
                    "zerolatency",
                    "-pix_fmt",
                    "yuv420p",
                    "-payload_type",
                    "96",
                    "-f",
                    "rtp",
                    "rtp://127.0.0.1:" + port + "?rtcpport=" + port + "&pkt_size=1200");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("MRTC-FEA-10")
    @Tag("MRTC-RP-10c")
    void soundAloneMakesAFilmWithoutPictureAndFlvAndThePictureAloneAreMadeOnRequest() throws Exception {
        studio.audio("ann", 0, Clips.opus(440, 2));
        studio.journal().stop(2_000);
        CompositionResult sound = studio.compose(SMALL);
        assertEquals(1, sound.files().getFirst().mediaType());
        assertEquals(List.of("aac"), Film.of(sound).codecs());

        studio.video("ann", 0, Clips.vp8("red", "320x180", 10, 2));
        CompositionResult flv = studio.compose(
                "{\"recordFormat\":2,\"width\":320,\"height\":240,\"fps\":10,\"channels\":2,\"splitType\":2}");
        var probe = Film.of(flv).probe();
        assertEquals("flv", probe.getFormat().getFormatName());
        assertEquals(
                2, probe.getStreams().stream().mapToInt(s -> s.channels).max().orElseThrow());
        assertEquals(List.of(0, 2), flv.files().stream().map(f -> f.mediaType()).toList());
        assertEquals(List.of("h264"), Film.of(flv.files().get(1).path()).codecs());
    }

    @Test
    void whatCannotBeDecodedIsSaidAndNeverRetried() throws Exception {
        TrackEvent odd = studio.started("ann", MediaKind.VIDEO, "VP9", 0);
        studio.journal().rtp(10, odd, 1, 0, true, new byte[100]).stop(1_000);
        var failure = assertThrows(ComposeException.class, () -> studio.compose(SMALL));
        assertEquals(100102, failure.eventCode);
        assertTrue(!failure.retry && failure.getMessage().contains("VP9"), failure.getMessage());
    }

    @Test
    void noiseInTheJournalIsLeftOut() throws Exception {
        var random = new SplittableRandom(7);
        TrackEvent camera = studio.started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = studio.started("ann", MediaKind.AUDIO, "opus", 0);
        TrackEvent h264 = studio.started("eve", MediaKind.VIDEO, "H264", 0);
        for (int i = 0; i < 300; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            TrackEvent track = i % 2 == 0 ? h264 : camera;
            studio.journal().rtp(i * 10L, track, i, i * 900L, random.nextBoolean(), payload);
        }
        studio.opus(voice, 0, 0, Clips.opus(440, 2), 0);
        studio.journal().stop(3_000);
        assertTrue(Film.of(studio.compose(SMALL)).tone(0.5, 1.5, 440) > 0.05);
    }

    private static boolean isFastStart(Path film) throws Exception {
        String bytes = Files.readString(film, StandardCharsets.ISO_8859_1);
        return bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat");
    }
}
