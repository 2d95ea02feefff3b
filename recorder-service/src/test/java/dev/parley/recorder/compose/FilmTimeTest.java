package dev.parley.recorder.compose;

import static dev.parley.recorder.compose.Film.BLACK;
import static dev.parley.recorder.compose.Film.BLUE;
import static dev.parley.recorder.compose.Film.RED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.framed.TrackEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a film shows and plays what was seen and said. */
@Tag("film")
class FilmTimeTest {
    private static final String SMALL = "{\"layoutMode\":2,\"width\":320,\"height\":180,\"fps\":10,\"rtWatermark\":0}";

    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
    }

    @Test
    void senderReportsBringAPersonsVoiceAndPictureTogether() throws Exception {
        // the picture comes 400 ms late over the network, and the reports tell so
        TrackEvent camera = studio.started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = studio.started("ann", MediaKind.AUDIO, "opus", 0);
        studio.vp8(camera, 1_400, 90_000, Clips.vp8("red", "320x180", 10, 2), 0);
        studio.opus(voice, 0, 0, Clips.opus(440, 3), 0);
        studio.journal()
                .senderReport(1_500, camera, 90_000, 1_000)
                .senderReport(1_500, voice, 48_000, 1_000)
                .stop(3_000);

        Film film = Film.of(studio.compose(SMALL));

        film.assertColour(BLACK, 0.9, 160, 90);
        film.assertColour(RED, 1.1, 160, 90);
    }

    @Test
    @Tag("MRTC-CALL-41")
    @Tag("MRTC-CALL-42")
    void aPauseIsLeftOutOfSoundAndPictureAlike() throws Exception {
        TrackEvent camera = studio.started("ann", MediaKind.VIDEO, "VP8", 0);
        TrackEvent voice = studio.started("ann", MediaKind.AUDIO, "opus", 0);
        int next = studio.vp8(camera, 0, 0, Clips.vp8("red", "320x180", 10, 2), 0);
        studio.opus(voice, 0, 0, Clips.opus(440, 2), 0);
        studio.journal().pause(2_000).pause(2_500).resume(7_000);
        studio.vp8(camera, 7_000, 7 * 90_000, Clips.vp8("blue", "320x180", 10, 2), next);
        studio.opus(voice, 7_000, 7_000, Clips.opus(1_100, 2), 500);
        studio.journal().stop(9_000);

        CompositionResult made = studio.compose(SMALL);
        assertEquals(4_000, made.files().getFirst().durationMs(), 60);
        assertEquals(List.of(), made.warnings());
        Film film = Film.of(made);
        assertEquals(40, film.frames());
        film.assertColour(RED, 1.85, 160, 90);
        film.assertColour(BLUE, 2.15, 160, 90); // not a picture that stands for the pause
        assertTrue(film.tone(1.7, 1.95, 440) > 0.05 && film.tone(1.7, 1.95, 1_100) < 0.005, "before");
        assertTrue(film.tone(2.05, 2.3, 1_100) > 0.05 && film.tone(2.05, 2.3, 440) < 0.005, "after");
    }

    @Test
    void whatIsPausedToTheEndEndsWithThePauseAndTheClockGoesOnFromWallTime() throws Exception {
        studio.tagged("ann", "", "red");
        studio.journal().pause(1_000).resume(61_000).pause(62_000).stop(90_000);
        CompositionResult film = studio.compose("{\"width\":320,\"height\":180,\"fps\":10}");
        assertEquals(2_000, film.files().getFirst().durationMs(), 60);
    }
}
