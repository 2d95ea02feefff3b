package dev.parley.recorder.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.recorder.compose.Clips.Unit;
import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.live.JournalMaker;
import dev.parley.rtp.framed.TrackEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films made by the real FFmpeg from journals of real coded media, then decoded and measured. */
class ComposerTest {
    private static final int RED = 0xFF0000, BLUE = 0x0000FF, GREEN = 0x008000, BLACK = 0;

    @TempDir
    Path folder;

    private final JournalMaker journal = new JournalMaker();
    private final List<Integer> progress = new ArrayList<>();
    private int ssrc = 1000;

    @Test
    @Tag("MRTC-FEA-12")
    @Tag("MRTC-ARC-11")
    void twoPeopleStandSideBySideAndBothAreHeard() throws Exception {
        video("ann", 0, Clips.vp8(folder, "red", "320x180", 15, 6));
        audio("ann", 0, Clips.opus(folder, 440, 6));
        video("bob", 2_000, Clips.vp8(folder, "blue", "640x360", 15, 4));
        audio("bob", 2_000, Clips.opus(folder, 1_100, 4));
        journal.stop(6_000);

        CompositionResult film = compose(RecordParam.DEFAULTS);

        assertEquals(6_000, film.files().getFirst().durationMs(), 150);
        assertEquals(0, film.files().getFirst().mediaType());
        assertTrue(Math.abs(film.startedAtMs() - JournalMaker.WALL_MS) < 50, "started at " + film.startedAtMs());
        assertEquals(List.of(), film.warnings());
        var probe = new Ffmpeg("ffmpeg", "ffprobe", 60).probe(file(film));
        assertEquals(
                List.of("h264", "aac"),
                probe.getStreams().stream().map(s -> s.codec_name).toList());
        assertEquals(640, probe.getStreams().get(0).width);
        assertEquals(360, probe.getStreams().get(0).height);
        assertTrue(isFastStart(file(film)), "moov comes before mdat");

        assertEquals(progress.stream().sorted().toList(), progress, "never backwards");
        assertTrue(progress.getFirst() == 5 && progress.getLast() == 90, "progress " + progress);

        assertColour(RED, file(film), 4.0, 160, 180);
        assertColour(BLUE, file(film), 4.0, 480, 180);
        assertColour(RED, file(film), 1.0, 160, 180);
        assertColour(BLACK, file(film), 1.0, 480, 180); // not there yet

        short[] sound = sound(file(film));
        double early440 = tone(sound, 0.5, 1.5, 440);
        assertTrue(early440 > 0.05, "440 Hz alone: " + early440);
        assertTrue(tone(sound, 0.5, 1.5, 1_100) < early440 / 30, "1100 Hz before its time");
        double late440 = tone(sound, 3, 5, 440);
        double late1100 = tone(sound, 3, 5, 1_100);
        assertTrue(late1100 > 0.05 && late440 > 0.05, "both heard: " + late440 + ", " + late1100);
        assertEquals(early440, late440, early440 * 0.25, "nobody is made quieter by the other");
    }

    @Test
    void gapsAreSilentAndBlackAndALateJoinerIsInTime() throws Exception {
        List<Unit> tone = Clips.opus(folder, 440, 2);
        TrackEvent voice = started("ann", MediaKind.AUDIO, "opus", 0);
        packets(voice, 0, 0, tone, 48, 0);
        packets(voice, 5_000, 5_000, tone, 48, 500); // three seconds of nothing were sent
        video("ann", 1_000, Clips.vp8(folder, "red", "320x180", 10, 2));
        journal.stop(9_500);

        Path film = file(compose(RecordParam.DEFAULTS));

        short[] sound = sound(film);
        assertTrue(tone(sound, 0.5, 1.5, 440) > 0.05);
        assertTrue(tone(sound, 2.7, 4.9, 440) < 0.001, "silence");
        assertTrue(tone(sound, 5.1, 6.9, 440) > 0.05, "back in time");
        assertColour(BLACK, film, 0.5, 320, 180);
        assertColour(RED, film, 2.0, 320, 180);
        assertColour(RED, film, 4.0, 320, 180); // the last picture stands for a while
        assertColour(BLACK, film, 9.2, 320, 180);
    }

    @Test
    void aChangeOfSizeALossAndDisorderDoNotBreakThePicture() throws Exception {
        TrackEvent camera = started("ann", MediaKind.VIDEO, "VP8", 0);
        int next = vp8(camera, 0, 0, Clips.vp8(folder, "red", "160x90", 10, 1), 65_530);
        next = vp8(camera, 1_000, 90_000, Clips.vp8(folder, "green", "320x180", 10, 1), next);
        vp8(camera, 2_000, 180_000, Clips.vp8(folder, "blue", "200x200", 10, 1), next + 7);
        journal.stop(3_000);

        CompositionResult film = compose(RecordParam.DEFAULTS);

        assertEquals(2, film.files().getFirst().mediaType());
        assertEquals(List.of("7 packets were lost"), film.warnings());
        assertColour(RED, file(film), 0.5, 320, 180);
        assertColour(GREEN, file(film), 1.5, 320, 180);
        assertColour(BLUE, file(film), 2.5, 320, 180);
        assertColour(BLACK, file(film), 2.5, 60, 180); // a square stands in the middle
    }

    /** FFmpeg's own packetizer: STAP-A and FU-A over a real socket, at the rate of a camera. */
    @Test
    void h264AsFfmpegPacketizesItIsPutTogether() throws Exception {
        try (var socket = new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(4 << 20);
            socket.setSoTimeout(1_500);
            Thread sender = Thread.ofVirtual().start(() -> send(socket.getLocalPort()));
            var datagram = new java.net.DatagramPacket(new byte[2048], 2048);
            TrackEvent camera = null;
            int firstTimestamp = 0;
            while (true) {
                try {
                    socket.receive(datagram);
                } catch (java.net.SocketTimeoutException e) {
                    if (!sender.isAlive()) break; // all was sent and nothing more comes
                    continue;
                }
                byte[] packet = java.util.Arrays.copyOf(datagram.getData(), datagram.getLength());
                if ((packet[1] & 0xFF) >= 192 && (packet[1] & 0xFF) <= 223) continue; // RTCP
                if (camera == null) {
                    ssrc = ByteBuffer.wrap(packet).getInt(8);
                    camera = new TrackEvent(
                            "started",
                            JournalMaker.track("ann", MediaKind.VIDEO, 0, "").feed(),
                            MediaKind.VIDEO,
                            ssrc & 0xFFFF_FFFFL,
                            "H264",
                            96,
                            90_000,
                            0,
                            "packetization-mode=1",
                            false,
                            java.util.Map.of());
                    journal.track(0, camera);
                    firstTimestamp = ByteBuffer.wrap(packet).getInt(4);
                }
                // As on a network that takes the same time for each: when they really come here, the machine's load
                // decides.
                int sinceFirst = ByteBuffer.wrap(packet).getInt(4) - firstTimestamp;
                journal.raw(sinceFirst / 90, dev.parley.recorder.domain.journal.RecordType.RTP, packet);
            }
        }
        journal.stop(2_000);
        CompositionResult film = compose(RecordParam.DEFAULTS);
        assertEquals(List.of(), film.warnings());
        assertTrue(
                film.files().getFirst().durationMs() > 1_950
                        && film.files().getFirst().durationMs() < 2_050,
                "ms: " + film.files().getFirst().durationMs());
        assertColour(GREEN, file(film), 0.5, 320, 180);
        assertColour(GREEN, file(film), 1.9, 320, 180);
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
                    "2",
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
    @Tag("MRTC-RP-13c")
    void inMultiPersonModeThePictureIsArrangedAnewWhenSomebodyComesAndGoes() throws Exception {
        video("ann", 0, Clips.vp8(folder, "red", "320x180", 10, 4));
        TrackEvent bob = started("bob", MediaKind.VIDEO, "VP8", 1_000);
        vp8(bob, 1_000, 0, Clips.vp8(folder, "blue", "320x180", 10, 1), 0);
        journal.track(2_000, withdrawn(bob)).stop(4_000);

        Path film = file(compose(param("{\"layoutMode\":2,\"fps\":10,\"rtWatermark\":0}")));

        assertColour(RED, film, 0.5, 480, 180);
        assertColour(BLUE, film, 1.5, 480, 180);
        assertColour(RED, film, 1.5, 160, 180);
        assertColour(RED, film, 3.5, 480, 180); // alone again
        assertEquals(40, frames(film), "not one frame too many at the seams");
    }

    @Test
    @Tag("MRTC-RP-21")
    @Tag("MRTC-RP-22")
    @Tag("MRTC-RP-10b")
    @Tag("MRTC-RP-02")
    @Tag("MRTC-RP-05")
    void customWindowsBoundTagsAndASeparateSoundFile() throws Exception {
        tagged("ann", "customer", "red");
        tagged("bob", "agent", "blue");
        audio("ann", 0, Clips.opus(folder, 440, 2));
        journal.stop(2_000);

        CompositionResult film = compose(param("""
                {"width":400,"height":300,"fps":15,"sampleRate":24000,"channels":2,"rtWatermark":0,"splitType":1,
                 "tagPosition":"{\\"agent\\":1}",
                 "mixPosition":[{"index":2,"x_offset":11,"y_offset":21,"width":160,"height":90},
                                {"index":1,"x_offset":200,"y_offset":150,"width":160,"height":90}]}"""));

        assertColour(RED, file(film), 1, 91, 50);
        assertColour(BLUE, file(film), 1, 280, 180);
        byte[] picture = picture(file(film), 1, "rgb24");
        assertTrue(at(picture, 400, 12, 23) > 150 && at(picture, 400, 169, 23) > 150, "from pixel 11 to pixel 170");
        assertTrue(at(picture, 400, 8, 23) < 60 && at(picture, 400, 174, 23) < 60, "and no farther");
        var probe = new Ffmpeg("ffmpeg", "ffprobe", 60).probe(file(film));
        assertEquals(400, probe.getStreams().get(0).width);
        assertEquals(15, probe.getStreams().get(0).r_frame_rate.intValue());
        assertEquals(24_000, probe.getStreams().get(1).sample_rate);
        assertEquals(2, probe.getStreams().get(1).channels);
        assertEquals(
                List.of(0, 1), film.files().stream().map(f -> f.mediaType()).toList());
        var sound =
                new Ffmpeg("ffmpeg", "ffprobe", 60).probe(film.files().get(1).path());
        assertEquals(
                List.of("aac"),
                sound.getStreams().stream().map(s -> s.codec_name).toList());
    }

    @Test
    @Tag("MRTC-RP-15")
    @Tag("MRTC-RP-18")
    @Tag("MRTC-REL-08")
    @Tag("MRTC-RP-13b")
    @Tag("MRTC-RP-10c")
    @Tag("MRTC-FEA-11")
    void clockTextAndTagsStandInTheirCorners() throws Exception {
        tagged("ann", "客户", "red");
        tagged("bob", "agent", "blue");
        journal.stop(2_000);
        Path plain = file(compose(param("{\"layoutMode\":1,\"rtWatermark\":0}")));
        Path marked = file(
                compose(param("{\"layoutMode\":1,\"rtWatermark\":2,\"textWatermark\":1,\"text\":\"双录 'a:b' 100%\"}")));

        assertColour(RED, plain, 1, 320, 180);
        assertColour(BLUE, plain, 1, 548, 300);
        byte[] without = picture(plain, 1, "gray");
        byte[] with = picture(marked, 1, "gray");
        assertTrue(difference(without, with, 440, 0, 200, 40) > 5, "the clock, top right");
        assertTrue(difference(without, with, 0, 0, 200, 40) > 5, "the text, top left");
        assertTrue(difference(without, with, 200, 100, 200, 150) < 1, "nothing in between");
        assertTrue(brightest(without, 0, 300, 120, 60) > 180, "the tag, at the bottom of its window");
        byte[] later = picture(marked, 1.5, "gray");
        byte[] next = picture(marked, 0.4, "gray");
        assertTrue(difference(next, later, 440, 0, 200, 40) > 0.2, "the clock runs");
    }

    @Test
    void senderReportsBringAPersonsVoiceAndPictureTogether() throws Exception {
        // the picture comes 400 ms late over the network, and the reports tell so
        TrackEvent camera = started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = started("ann", MediaKind.AUDIO, "opus", 0);
        vp8(camera, 1_400, 90_000, Clips.vp8(folder, "red", "320x180", 10, 2), 0);
        packets(voice, 0, 0, Clips.opus(folder, 440, 3), 48, 0);
        journal.senderReport(1_500, camera, 90_000, 1_000)
                .senderReport(1_500, voice, 48_000, 1_000)
                .stop(3_000);

        Path film = file(compose(RecordParam.DEFAULTS));

        assertColour(BLACK, film, 0.9, 320, 180);
        assertColour(RED, film, 1.1, 320, 180);
    }

    @Test
    @Tag("MRTC-CALL-41")
    @Tag("MRTC-CALL-42")
    void aPauseIsLeftOutOfSoundAndPictureAlike() throws Exception {
        TrackEvent camera = started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = started("ann", MediaKind.AUDIO, "opus", 0);
        int next = vp8(camera, 0, 0, Clips.vp8(folder, "red", "320x180", 10, 2), 0);
        packets(voice, 0, 0, Clips.opus(folder, 440, 2), 48, 0);
        journal.pause(2_000).pause(2_500).resume(7_000);
        vp8(camera, 7_000, 7 * 90_000, Clips.vp8(folder, "blue", "320x180", 10, 2), next);
        packets(voice, 7_000, 7_000, Clips.opus(folder, 1_100, 2), 48, 500);
        journal.stop(9_000);

        CompositionResult film = compose(param("{\"layoutMode\":2,\"fps\":10,\"rtWatermark\":0}"));

        assertEquals(4_000, film.files().getFirst().durationMs(), 60);
        assertEquals(40, frames(file(film)));
        assertColour(RED, file(film), 1.85, 320, 180);
        assertColour(BLUE, file(film), 2.15, 320, 180); // not a picture that stands for the pause
        short[] sound = sound(file(film));
        assertTrue(tone(sound, 1.7, 1.95, 440) > 0.05 && tone(sound, 1.7, 1.95, 1_100) < 0.005, "before");
        assertTrue(tone(sound, 2.05, 2.3, 1_100) > 0.05 && tone(sound, 2.05, 2.3, 440) < 0.005, "after");
        assertEquals(List.of(), film.warnings());
    }

    @Test
    void whatIsPausedToTheEndEndsWithThePauseAndTheClockGoesOnFromWallTime() throws Exception {
        tagged("ann", "", "red");
        journal.pause(1_000).resume(61_000).pause(62_000).stop(90_000);
        CompositionResult film = compose(param("{\"fps\":10}"));
        assertEquals(2_000, film.files().getFirst().durationMs(), 60);
    }

    @Test
    @Tag("MRTC-FEA-10")
    void soundAloneMakesAFilmWithoutPictureAndFlvIsMadeOnRequest() throws Exception {
        audio("ann", 0, Clips.opus(folder, 440, 2));
        journal.stop(2_000);
        assertEquals(1, compose(RecordParam.DEFAULTS).files().getFirst().mediaType());

        video("ann", 0, Clips.vp8(folder, "red", "320x180", 10, 2));
        CompositionResult flv =
                compose(param("{\"recordFormat\":2,\"width\":320,\"height\":240,\"fps\":10,\"channels\":2}"));
        var probe = new Ffmpeg("ffmpeg", "ffprobe", 60).probe(file(flv));
        assertEquals("flv", probe.getFormat().getFormatName());
        assertEquals(
                2, probe.getStreams().stream().mapToInt(s -> s.channels).max().orElseThrow());
    }

    @Test
    void whatCannotBeDecodedIsSaidAndNeverRetried() throws Exception {
        TrackEvent odd = started("ann", MediaKind.VIDEO, "VP9", 0);
        journal.rtp(10, odd, 1, 0, true, new byte[100]).stop(1_000);
        var failure = assertThrows(ComposeException.class, () -> compose(RecordParam.DEFAULTS));
        assertEquals(100102, failure.eventCode);
        assertTrue(!failure.retry && failure.getMessage().contains("VP9"), failure.getMessage());
    }

    @Test
    void noiseInTheJournalIsLeftOut() throws Exception {
        var random = new SplittableRandom(7);
        TrackEvent camera = started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = started("ann", MediaKind.AUDIO, "opus", 0);
        TrackEvent h264 = started("eve", MediaKind.VIDEO, "H264", 0);
        for (int i = 0; i < 300; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            TrackEvent track = i % 2 == 0 ? h264 : camera;
            journal.rtp(i * 10L, track, i, i * 900L, random.nextBoolean(), payload);
        }
        packets(voice, 0, 0, Clips.opus(folder, 440, 2), 48, 0);
        journal.stop(3_000);
        CompositionResult film = compose(RecordParam.DEFAULTS);
        assertTrue(tone(sound(file(film)), 0.5, 1.5, 440) > 0.05);
    }

    private CompositionResult compose(RecordParam param) throws Exception {
        Path work = Files.createTempDirectory(folder, "work");
        List<Path> segments = journal.write(Files.createTempDirectory(folder, "journal"));
        var composer = new Composer(new Ffmpeg("ffmpeg", "ffprobe", 60), JournalKeys.NONE);
        var request = new CompositionRequest("rec", segments, param.withDefaults(), true, null, work);
        return composer.compose(request, progress::add);
    }

    private static Path file(CompositionResult film) {
        return film.files().getFirst().path();
    }

    private static RecordParam param(String json) throws Exception {
        return new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, RecordParam.class);
    }

    private TrackEvent started(String uid, MediaKind kind, String codec, long atMs) {
        TrackEvent event = JournalMaker.track(uid, kind, ssrc++, codec);
        journal.track(atMs, event);
        return event;
    }

    private void video(String uid, long atMs, List<Unit> frames) {
        vp8(started(uid, MediaKind.VIDEO, "VP8", atMs), atMs, 0xFFFF_F000L, frames, 65_500);
    }

    private void audio(String uid, long atMs, List<Unit> packets) {
        packets(started(uid, MediaKind.AUDIO, "opus", atMs), atMs, 0, packets, 48, 0);
    }

    private void packets(TrackEvent track, long atMs, long mediaMs, List<Unit> units, int ticksPerMs, int sequence) {
        for (Unit unit : units) {
            journal.rtp(
                    atMs + unit.timeMs(),
                    track,
                    sequence++,
                    (mediaMs + unit.timeMs()) * ticksPerMs,
                    false,
                    unit.data());
        }
    }

    /** RFC 7741 with the smallest descriptor; every other pair of packets changes places on the way. */
    private int vp8(TrackEvent track, long atMs, long timestamp, List<Unit> frames, int sequence) {
        for (Unit frame : frames) {
            for (int from = 0; from < frame.data().length; from += 500) {
                int bytes = Math.min(500, frame.data().length - from);
                byte[] payload = ByteBuffer.allocate(1 + bytes)
                        .put((byte) (from == 0 ? 0x10 : 0))
                        .put(frame.data(), from, bytes)
                        .array();
                boolean last = from + bytes == frame.data().length;
                long delay = sequence % 4 == 1 ? 30 : 0;
                journal.rtp(
                        atMs + frame.timeMs() + delay,
                        track,
                        sequence++,
                        timestamp + frame.timeMs() * 90,
                        last,
                        payload);
            }
        }
        return sequence;
    }

    private void tagged(String uid, String tag, String colour) throws Exception {
        TrackEvent camera = JournalMaker.track(uid, tag, MediaKind.VIDEO, ssrc++, "VP8");
        journal.track(0, camera);
        vp8(camera, 0, 0, Clips.vp8(folder, colour, "320x180", 10, 2), 0);
    }

    private static TrackEvent withdrawn(TrackEvent t) {
        return new TrackEvent(
                TrackEvent.ENDED,
                t.feed(),
                t.kind(),
                t.ssrc(),
                t.codec(),
                t.payloadType(),
                t.clockRate(),
                t.channels(),
                t.fmtp(),
                t.muted(),
                t.extensions());
    }

    private static int frames(Path film) throws Exception {
        return Clips.decode(film, "-vf", "scale=1:1", "-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo")
                .length;
    }

    private static byte[] picture(Path film, double second, String format) throws Exception {
        return Clips.decode(
                film, "-vf", "trim=start=" + second, "-frames:v", "1", "-pix_fmt", format, "-f", "rawvideo");
    }

    /** Red of a pixel. */
    private static int at(byte[] rgb, int width, int x, int y) {
        return rgb[3 * (y * width + x)] & 0xFF;
    }

    /** Mean over a part of two grey pictures 640 wide. */
    private static double difference(byte[] a, byte[] b, int x, int y, int width, int height) {
        long sum = 0;
        for (int row = y; row < y + height; row++)
            for (int i = row * 640 + x; i < row * 640 + x + width; i++) sum += Math.abs((a[i] & 0xFF) - (b[i] & 0xFF));
        return (double) sum / width / height;
    }

    private static int brightest(byte[] grey, int x, int y, int width, int height) {
        int most = 0;
        for (int row = y; row < y + height; row++)
            for (int i = row * 640 + x; i < row * 640 + x + width; i++) most = Math.max(most, grey[i] & 0xFF);
        return most;
    }

    private static boolean isFastStart(Path film) throws Exception {
        String bytes = new String(Files.readAllBytes(film), java.nio.charset.StandardCharsets.ISO_8859_1);
        return bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat");
    }

    private static void assertColour(int rgb, Path film, double second, int x, int y) throws Exception {
        String crop = "trim=start=" + second + ",crop=20:20:" + (x - 10) + ":" + (y - 10) + ",scale=1:1:flags=area";
        byte[] pixel = Clips.decode(film, "-vf", crop, "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo");
        for (int i = 0; i < 3; i++) {
            assertEquals(rgb >>> (16 - 8 * i) & 0xFF, pixel[i] & 0xFF, 24, "colour " + i + " at " + second + " s");
        }
    }

    private static short[] sound(Path film) throws Exception {
        byte[] bytes = Clips.decode(film, "-ac", "1", "-ar", "48000", "-f", "s16le");
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** Goertzel: amplitude of one frequency, 1 = full scale. */
    private static double tone(short[] samples, double fromSecond, double toSecond, int hertz) {
        int from = (int) (fromSecond * 48_000);
        int to = (int) (toSecond * 48_000);
        double coefficient = 2 * Math.cos(2 * Math.PI * hertz / 48_000);
        double s1 = 0;
        double s2 = 0;
        for (int i = from; i < to; i++) {
            double s0 = samples[i] / 32_768.0 + coefficient * s1 - s2;
            s2 = s1;
            s1 = s0;
        }
        return 2 * Math.sqrt(s1 * s1 + s2 * s2 - coefficient * s1 * s2) / (to - from);
    }
}
