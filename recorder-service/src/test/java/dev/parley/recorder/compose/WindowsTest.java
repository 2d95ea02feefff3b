package dev.parley.recorder.compose;

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

/** Who stands where in a film, and what is written into its corners. */
@Tag("film")
class WindowsTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
    }

    @Test
    @Tag("MRTC-RP-13c")
    void inMultiPersonModeThePictureIsArrangedAnewWhenSomebodyComesAndGoes() throws Exception {
        studio.video("ann", 0, Clips.vp8("red", "320x180", 10, 4));
        TrackEvent bob = studio.started("bob", MediaKind.VIDEO, "VP8", 1_000);
        studio.vp8(bob, 1_000, 0, Clips.vp8("blue", "320x180", 10, 1), 0);
        studio.journal().track(2_000, Studio.withdrawn(bob)).stop(4_000);

        Film film =
                Film.of(studio.compose("{\"layoutMode\":2,\"width\":320,\"height\":180,\"fps\":10,\"rtWatermark\":0}"));

        film.assertColour(RED, 0.5, 240, 90);
        film.assertColour(BLUE, 1.5, 240, 90);
        film.assertColour(RED, 1.5, 80, 90);
        film.assertColour(RED, 3.5, 240, 90); // alone again
        assertEquals(40, film.frames(), "not one frame too many at the seams");
    }

    @Test
    @Tag("MRTC-RP-21")
    @Tag("MRTC-RP-22")
    @Tag("MRTC-RP-10b")
    @Tag("MRTC-RP-02")
    @Tag("MRTC-RP-05")
    void customWindowsBoundTagsAndASeparateSoundFile() throws Exception {
        studio.tagged("ann", "customer", "red");
        studio.tagged("bob", "agent", "blue");
        studio.audio("ann", 0, Clips.opus(440, 2));
        studio.journal().stop(2_000);

        CompositionResult made = studio.compose("""
                {"width":400,"height":300,"fps":15,"sampleRate":24000,"channels":2,"rtWatermark":0,"splitType":1,
                 "tagPosition":"{\\"agent\\":1}",
                 "mixPosition":[{"index":2,"x_offset":11,"y_offset":21,"width":160,"height":90},
                                {"index":1,"x_offset":200,"y_offset":150,"width":160,"height":90}]}""");

        Film film = Film.of(made);
        film.assertColour(RED, 1, 91, 50);
        film.assertColour(BLUE, 1, 280, 180);
        assertTrue(film.red(1, 12, 23) > 150 && film.red(1, 169, 23) > 150, "from pixel 11 to pixel 170");
        assertTrue(film.red(1, 8, 23) < 60 && film.red(1, 174, 23) < 60, "and no farther");
        var streams = film.probe().getStreams();
        assertEquals(400, streams.get(0).width);
        assertEquals(15, streams.get(0).r_frame_rate.intValue());
        assertEquals(24_000, streams.get(1).sample_rate);
        assertEquals(2, streams.get(1).channels);
        assertEquals(
                List.of(0, 1), made.files().stream().map(f -> f.mediaType()).toList());
        assertEquals(List.of("aac"), Film.of(made.files().get(1).path()).codecs());
    }

    @Test
    @Tag("MRTC-RP-15")
    @Tag("MRTC-RP-18")
    @Tag("MRTC-REL-08")
    @Tag("MRTC-RP-13b")
    @Tag("MRTC-FEA-11")
    void clockTextAndTagsStandInTheirCorners() throws Exception {
        studio.tagged("ann", "客户", "red");
        studio.tagged("bob", "agent", "blue");
        studio.journal().stop(2_000);
        Film plain = Film.of(studio.compose("{\"layoutMode\":1,\"rtWatermark\":0,\"fps\":10}"));
        Film marked = Film.of(studio.compose(
                "{\"layoutMode\":1,\"rtWatermark\":2,\"textWatermark\":1,\"text\":\"双录 'a:b' 100%\",\"fps\":10}"));

        plain.assertColour(RED, 1, 320, 180);
        plain.assertColour(BLUE, 1, 548, 300);
        assertTrue(plain.difference(1, marked, 1, 440, 0, 200, 40) > 5, "the clock, top right");
        assertTrue(plain.difference(1, marked, 1, 0, 0, 200, 40) > 5, "the text, top left");
        assertTrue(plain.difference(1, marked, 1, 200, 100, 200, 150) < 1, "nothing in between");
        assertTrue(plain.brightest(1, 0, 300, 120, 60) > 180, "the tag, at the bottom of its window");
        assertTrue(marked.difference(0.4, marked, 1.5, 440, 0, 200, 40) > 0.2, "the clock runs");
    }
}
