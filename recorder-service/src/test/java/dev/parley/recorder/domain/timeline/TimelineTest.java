package dev.parley.recorder.domain.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.recorder.domain.plan.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void theClockOfTheFilmGoesOnFromTheWallAfterEachPause() {
        long s = 1_000_000;
        var timeline = new Timeline(
                100 * s, 200 * s, List.of(new Span(101 * s, 161 * s), new Span(163 * s, 170 * s)), Map.of());
        assertEquals(33 * s, timeline.durationUs());
        assertEquals(List.of(10L, 30L), timeline.cuts(10));
        assertEquals(100 * s + 900_000, timeline.wallUs(9, 10));
        assertEquals(161 * s, timeline.wallUs(10, 10));
        assertEquals(162 * s + 900_000, timeline.wallUs(29, 10));
        assertEquals(170 * s, timeline.wallUs(30, 10));
    }
}
