package dev.parley.recorder.domain.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LayoutsTest {
    @Test
    void oneFillsTwoShareThreeToNineStandInAGrid() {
        assertEquals(List.of(new Rect(0, 0, 640, 360)), Layouts.windows(1, 640, 360));
        assertEquals(List.of(new Rect(0, 0, 320, 360), new Rect(320, 0, 320, 360)), Layouts.windows(2, 640, 360));
        assertEquals(List.of(new Rect(0, 0, 360, 320), new Rect(0, 320, 360, 320)), Layouts.windows(2, 360, 640));
        assertEquals(new Rect(160, 180, 320, 180), Layouts.windows(3, 640, 360).get(2));
        assertEquals(List.of(), Layouts.windows(0, 640, 360));
    }

    @Test
    @Tag("MRTC-FEA-19")
    void windowsNeverOverlapOrLeaveTheCanvas() {
        for (int people = 1; people <= 50; people++) {
            for (int[] canvas : new int[][] {{640, 360}, {360, 640}, {1920, 1080}, {322, 322}}) {
                List<Rect> windows = Layouts.windows(people, canvas[0], canvas[1]);
                assertEquals(people, windows.size());
                for (Rect a : windows) {
                    assertTrue(
                            a.x() >= 0
                                    && a.y() >= 0
                                    && a.x() + a.width() <= canvas[0]
                                    && a.y() + a.height() <= canvas[1],
                            people + " " + a);
                    assertTrue(
                            ((a.x() | a.y() | a.width() | a.height()) & 1) == 0 && a.width() > 0 && a.height() > 0,
                            people + " " + a);
                    for (Rect b : windows) assertTrue(a == b || apart(a, b), people + ": " + a + b);
                }
            }
        }
    }

    private static boolean apart(Rect a, Rect b) {
        return a.x() + a.width() <= b.x()
                || b.x() + b.width() <= a.x()
                || a.y() + a.height() <= b.y()
                || b.y() + b.height() <= a.y();
    }
}
