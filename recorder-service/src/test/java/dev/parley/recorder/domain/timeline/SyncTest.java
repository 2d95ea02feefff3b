package dev.parley.recorder.domain.timeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two people for two hours, generated: their clocks, microphones and cameras run at rates of their own, packets are late and lost, one is silent
 * for 30 s without sending, cameras change their size, and the recording is paused for 10 min. Each sound and picture carries its number, by
 * which the moment is known at which it was taken.
 */
class SyncTest {
    private static final long T0_US = 1_760_000_000_000_000L, HOUR_S = 3_600, SECONDS = 2 * HOUR_S;
    private static final long PAUSE_FROM_S = HOUR_S, PAUSE_TO_S = HOUR_S + 600;
    private static final long SILENT_FROM_S = 1_800, SILENT_TO_S = 1_830, SIZE_CHANGES_S = 5_000;
    private static final int REPORT_EVERY_S = 5, NONE = Integer.MIN_VALUE;

    /** @param clockPpm how much its owner's clock is too fast. @param micPpm and of the sampling clocks against that. */
    private record Somebody(
            String name, double clockPpm, double micPpm, double cameraPpm, int lateMs, int cameraLateMs) {}

    private static final List<Somebody> PEOPLE =
            List.of(new Somebody("ann", 45, 30, -20, 20, 150), new Somebody("bob", -45, -40, 15, 50, 0));

    private interface Told {
        void to(TapVisitor visitor);
    }

    private record Event(long atUs, Told told) {}

    private final List<Event> events = new ArrayList<>();
    private final Map<Long, TrackEvent> tracks = new HashMap<>();
    /** Microseconds that each second of a track is shown or heard after it was taken, by SSRC. */
    private final Map<Long, long[]> late = new HashMap<>();

    @BeforeEach
    void clear() {
        events.clear();
    }

    @ParameterizedTest
    @CsvSource({"0.01, 11", "0.10, 12"})
    void soundAndPictureStayTogetherForTwoHoursAndSoDoPeople(double loss, long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < PEOPLE.size(); i++) {
            add(PEOPLE.get(i), MediaKind.AUDIO, 2L * i + 1, loss, random);
            add(PEOPLE.get(i), MediaKind.VIDEO, 2L * i + 2, loss, random);
        }
        events.add(new Event(
                T0_US + PAUSE_FROM_S * 1_000_000, visitor -> visitor.onPause(T0_US + PAUSE_FROM_S * 1_000_000)));
        events.add(
                new Event(T0_US + PAUSE_TO_S * 1_000_000, visitor -> visitor.onResume(T0_US + PAUSE_TO_S * 1_000_000)));
        events.sort(Comparator.comparingLong(Event::atUs));

        var survey = new TimelineSurvey();
        for (Event event : events) event.told.to(survey);
        Timeline timeline = survey.finish();
        var reader = new TimelineReader(timeline, new Measure(timeline.startUs()));
        for (Event event : events) event.told.to(reader);
        reader.finish();

        long ofOne = Math.max(apart(1, 2), apart(3, 4));
        long ofTwo = Math.max(apart(1, 3), apart(2, 4));
        System.out.printf("loss %.2f: voice and picture %d us apart at most, people %d us%n", loss, ofOne, ofTwo);
        assertTrue(ofOne <= 40_000, "voice and picture of one person are " + ofOne + " us apart, seed " + seed);
        assertTrue(ofTwo <= 80_000, "two people are " + ofTwo + " us apart, seed " + seed);
    }

    /** The most that two tracks are apart in any second in which both are seen or heard. */
    private long apart(long one, long other) {
        long most = 0;
        int compared = 0;
        for (int second = 0; second < SECONDS; second++) {
            long a = late.get(one)[second];
            long b = late.get(other)[second];
            if (a == NONE || b == NONE) continue;
            compared++;
            most = Math.max(most, Math.abs(a - b));
        }
        assertTrue(compared > SECONDS - 700, "compared in " + compared + " seconds");
        return most;
    }

    private void add(Somebody who, MediaKind kind, long ssrc, double loss, SplittableRandom random) {
        boolean sound = kind == MediaKind.AUDIO;
        var feed = new FeedInfo("f-" + who.name, "p-" + who.name, who.name, who.name, "", "camera");
        var track = new TrackEvent(
                TrackEvent.STARTED,
                feed,
                kind,
                ssrc,
                sound ? "opus" : "VP8",
                sound ? 111 : 96,
                sound ? 48_000 : 90_000,
                sound ? 2 : 0,
                "",
                false,
                Map.of());
        tracks.put(ssrc, track);
        late.put(ssrc, new long[(int) SECONDS]);
        Arrays.fill(late.get(ssrc), NONE);
        events.add(new Event(0, visitor -> visitor.onTrack(0, T0_US, track)));
        int perSecond = sound ? 50 : 10;
        double clock = 1 + who.clockPpm / 1e6;
        double sampling = clock * (1 + (sound ? who.micPpm : who.cameraPpm) / 1e6);
        long delayUs = 1_000L * (who.lateMs + (sound ? 0 : who.cameraLateMs));
        for (int n = 0; n < SECONDS * perSecond; n++) {
            long ticks = (long) n * track.clockRate() / perSecond;
            double takenS = (double) n / perSecond / sampling; // by the relay's clock
            if (sound && takenS >= SILENT_FROM_S && takenS < SILENT_TO_S) continue;
            long atUs = T0_US + Math.round(takenS * 1e6) + delayUs + jitterUs(takenS, random);
            byte[] packet = packet(track, n, ticks, takenS);
            if (random.nextDouble() >= loss)
                events.add(new Event(atUs, visitor -> visitor.onRtp(0, atUs, Unpooled.wrappedBuffer(packet))));
            if (n % (perSecond * REPORT_EVERY_S) == 1) {
                byte[] report = report(track, ticks, 3_900_000_000L * 1_000_000 + Math.round(takenS * clock * 1e6));
                events.add(new Event(atUs, visitor -> visitor.onRtcp(0, atUs, Unpooled.wrappedBuffer(report))));
            }
        }
    }

    /** Mostly a few milliseconds; between minutes 90 and 92 the network is jammed. */
    private static long jitterUs(double second, SplittableRandom random) {
        long usual = (long) (-8_000 * Math.log(1 - random.nextDouble()));
        return usual + (second > 5_400 && second < 5_520 ? 300_000 : 0);
    }

    /** Opus of 20 ms, or a VP8 key frame, with its number in it. */
    private static byte[] packet(TrackEvent track, int number, long ticks, double takenS) {
        var packet = ByteBuffer.allocate(27)
                .put((byte) 0x80)
                .put((byte) (0x80 | track.payloadType()))
                .putShort((short) number)
                .putInt((int) ticks)
                .putInt((int) track.ssrc());
        if (track.kind() == MediaKind.AUDIO) {
            packet.put((byte) 0xF8).putInt(number);
        } else {
            int width = takenS < SIZE_CHANGES_S ? 640 : 320;
            packet.put((byte) 0x10).put(new byte[] {0, 0, 0, (byte) 0x9D, 1, 0x2A});
            packet.put((byte) width)
                    .put((byte) (width >> 8))
                    .put((byte) 180)
                    .put((byte) 0)
                    .putInt(number);
        }
        return Arrays.copyOf(packet.array(), packet.position());
    }

    private static byte[] report(TrackEvent track, long ticks, long ntpUs) {
        long fraction = (ntpUs % 1_000_000 << 32) / 1_000_000;
        return ByteBuffer.allocate(28)
                .putInt(0x80C80006)
                .putInt((int) track.ssrc())
                .putInt((int) (ntpUs / 1_000_000))
                .putInt((int) fraction)
                .putInt((int) ticks)
                .putInt(0)
                .putInt(0)
                .array();
    }

    private final class Measure implements RunSink {
        private final long startUs;
        private final Map<Track, Long> nextUs = new HashMap<>();

        private Measure(long startUs) {
            this.startUs = startUs;
        }

        /** @param number of the sound or picture. @param filmUs when the film has it */
        private void seen(Track track, int number, long filmUs) {
            Somebody who = PEOPLE.get(track.info().feed().uid().equals("ann") ? 0 : 1);
            boolean sound = track.info().kind() == MediaKind.AUDIO;
            double ppm = sound ? who.micPpm : who.cameraPpm;
            double takenS = (double) number / (sound ? 50 : 10) / (1 + who.clockPpm / 1e6) / (1 + ppm / 1e6);
            long pausedUs = takenS < PAUSE_FROM_S ? 0 : (PAUSE_TO_S - PAUSE_FROM_S) * 1_000_000;
            long lateUs = startUs + filmUs + pausedUs - T0_US - Math.round(takenS * 1e6);
            // What was taken just before a pause comes in it or is cut.
            boolean nearPause = Math.abs(takenS - PAUSE_FROM_S) < 2 || Math.abs(takenS - PAUSE_TO_S) < 2;
            if (!nearPause && takenS < SECONDS) late.get(track.info().ssrc())[(int) takenS] = lateUs;
        }

        @Override
        public void videoBegan(Track track, int width, int height, long startUs) {}

        @Override
        public void videoFrame(Track track, long timeUs, byte[] frame) {
            seen(track, ByteBuffer.wrap(frame).getInt(10), timeUs);
        }

        @Override
        public void videoEnded(Track track, long endUs) {}

        @Override
        public void audioBegan(Track track, long startUs) {
            nextUs.put(track, startUs);
        }

        @Override
        public void audioPacket(Track track, byte[] packet, int samples) {
            long atUs = nextUs.get(track);
            if (packet.length > 1) seen(track, ByteBuffer.wrap(packet).getInt(1), atUs);
            nextUs.put(track, atUs + samples * 1_000L / 48);
        }

        @Override
        public void audioEnded(Track track) {}
    }
}
