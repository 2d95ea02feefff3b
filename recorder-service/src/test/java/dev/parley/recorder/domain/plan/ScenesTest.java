package dev.parley.recorder.domain.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.recorder.domain.plan.Scene.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenesTest {
    private static final int FPS = 10;

    @Test
    @Tag("MRTC-RP-13c")
    void aSceneBeginsExactlyWhenSomebodyComesOrGoes() {
        var ann = List.of(seconds(0, 10));
        var bob = List.of(seconds(2.5, 6));
        assertEquals(
                List.of(
                        new Scene(0, 25, List.of(new Shown(0, 0, 0))),
                        new Scene(25, 35, List.of(new Shown(0, 0, 25), new Shown(1, 0, 0))),
                        new Scene(60, 40, List.of(new Shown(0, 0, 60)))),
                Scenes.cut(List.of(ann, bob), false, 100, FPS, List.of()));
    }

    @Test
    void aShortPauseKeepsThePlaceAndALongOneDoesNot() {
        var blink = List.of(seconds(0, 2), seconds(3, 5));
        assertEquals(
                List.of(0, Shown.NOTHING, 1),
                Scenes.cut(List.of(blink), false, 50, FPS, List.of()).stream()
                        .map(scene -> scene.shown().getFirst().run())
                        .toList());
        var away = List.of(seconds(0, 2), seconds(4, 5));
        assertEquals(
                List.of(),
                Scenes.cut(List.of(away), false, 50, FPS, List.of()).get(1).shown());
        assertEquals(
                Shown.NOTHING,
                Scenes.cut(List.of(away), true, 50, FPS, List.of())
                        .get(1)
                        .shown()
                        .getFirst()
                        .run(),
                "unless everybody keeps a place");
    }

    @Test
    void whereSomethingWasLeftOutASceneBeginsThoughNobodyMoves() {
        assertEquals(
                List.of(new Scene(0, 30, List.of(new Shown(0, 0, 0))), new Scene(30, 20, List.of(new Shown(0, 0, 30)))),
                Scenes.cut(List.of(List.of(seconds(0, 5))), false, 50, FPS, List.of(30L, 50L)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void scenesCoverTheFilmAndShowEveryRunFromItsFirstFrame(long seed) {
        var random = new SplittableRandom(seed);
        var people = new ArrayList<List<Span>>();
        for (int person = 0; person < 5; person++) {
            var runs = new ArrayList<Span>();
            for (int run = 0; run < 4; run++) {
                long start = random.nextLong(-100_000, 20_000_000);
                runs.add(new Span(start, start + random.nextLong(10_000, 5_000_000)));
            }
            people.add(runs);
        }
        long at = 0;
        for (Scene scene : Scenes.cut(people, random.nextBoolean(), 180, FPS, List.of())) {
            assertEquals(at, scene.from(), "seed " + seed);
            assertTrue(scene.frames() > 0, "seed " + seed);
            for (Shown shown : scene.shown()) {
                if (shown.run() == Shown.NOTHING) continue;
                long start = Plans.frameAt(
                        people.get(shown.person()).get(shown.run()).startUs(), FPS);
                assertEquals(scene.from() - start, shown.skip(), "seed " + seed);
            }
            at += scene.frames();
        }
        assertEquals(180, at, "seed " + seed);
    }

    private static Span seconds(double from, double to) {
        return new Span((long) (from * 1e6), (long) (to * 1e6));
    }
}
