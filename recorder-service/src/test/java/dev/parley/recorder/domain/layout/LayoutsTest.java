package dev.parley.recorder.domain.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.recorder.domain.layout.Arrangement.Mode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {
    private static final int WIDTH = 640, HEIGHT = 360;

    /** On 640 by 360: how many windows stand in each row, from the top, and the first window. */
    @ParameterizedTest
    @CsvSource({
        "1,  1,         0 0 640 360",
        "2,  2,         0 0 320 360",
        "3,  2-1,       0 0 426 360",
        "4,  2-2,       0 0 320 180",
        "5,  2-3,       0 0 320 216",
        "6,  3-3,       2 0 212 180",
        "7,  3-3-1,     2 0 212 120",
        "8,  3-3-2,     2 0 212 120",
        "9,  3-3-3,     2 0 212 120",
        "10, 3-3-3-1,   2 0 212 90",
        "11, 3-3-3-2,   2 0 212 90",
        "12, 3-3-3-3,   2 0 212 90",
        "13, 4-4-4-1,   0 0 160 90",
        "14, 4-4-4-2,   0 0 160 90",
        "15, 4-4-4-3,   0 0 160 90",
        "16, 4-4-4-4,   0 0 160 90",
        "17, 4-4-4-4-1, 0 0 160 72",
        "18, 4-4-4-4-2, 0 0 160 72",
        "19, 4-4-4-4-3, 0 0 160 72",
        "20, 4-4-4-4-4, 0 0 160 72",
        "21, 5-5-5-5-1, 0 0 128 72",
        "22, 5-5-5-5-2, 0 0 128 72",
        "23, 5-5-5-5-3, 0 0 128 72",
        "24, 5-5-5-5-4, 0 0 128 72",
        "25, 5-5-5-5-5, 0 0 128 72"
    })
    @Tag("MRTC-RP-14")
    @Tag("MRTC-FEA-19")
    void oneToTwentyFivePeopleStandSoOnALandscape(int people, String rows, String first) {
        List<Rect> windows = rects(people, WIDTH, HEIGHT, Mode.MANY, false);
        var byTop = new TreeMap<Integer, Integer>();
        for (Rect window : windows) byTop.merge(window.y(), 1, Integer::sum);
        assertEquals(
                rows,
                String.join("-", byTop.values().stream().map(String::valueOf).toList()));
        String[] edges = first.split(" ");
        assertEquals(
                new Rect(
                        Integer.parseInt(edges[0]),
                        windows.getFirst().y(),
                        Integer.parseInt(edges[2]),
                        Integer.parseInt(edges[3])),
                windows.getFirst());

        List<Rect> portrait = rects(people, HEIGHT, WIDTH, Mode.MANY, true);
        assertEquals(windows, portrait.stream().map(Rect::turned).toList(), "portrait is the same, turned");
    }

    @Test
    void threeAreOneLargeAndTwoSmall() {
        assertEquals(
                List.of(new Rect(0, 0, 426, 360), new Rect(426, 0, 214, 180), new Rect(426, 180, 214, 180)),
                rects(3, WIDTH, HEIGHT, Mode.MANY, false));
    }

    @Test
    @Tag("MRTC-RP-13a")
    void twoPeopleStandSideBySideAndOnAnUprightCanvasOneAboveTheOther() {
        assertEquals(
                List.of(new Rect(0, 0, 320, 360), new Rect(320, 0, 320, 360)),
                rects(2, WIDTH, HEIGHT, Mode.TWO, false));
        assertEquals(
                List.of(new Rect(0, 0, 360, 320), new Rect(0, 320, 360, 320)),
                rects(2, HEIGHT, WIDTH, Mode.TWO, false));
    }

    @Test
    @Tag("MRTC-RP-13b")
    void theSecondStandsSmallInTheFirst() {
        assertEquals(
                List.of(new Rect(0, 0, 640, 360), new Rect(468, 258, 160, 90)),
                rects(2, WIDTH, HEIGHT, Mode.PICTURE_IN_PICTURE, false));
        List<Rect> four = rects(4, WIDTH, HEIGHT, Mode.PICTURE_IN_PICTURE, false);
        for (int i = 1; i < 4; i++)
            for (int j = 1; j < i; j++) assertTrue(!four.get(i).overlaps(four.get(j)));
        assertEquals(
                rects(5, WIDTH, HEIGHT, Mode.MANY, false), rects(5, WIDTH, HEIGHT, Mode.PICTURE_IN_PICTURE, false));
    }

    @Test
    void windowsNeverOverlapOrLeaveTheCanvas() {
        for (int people = 0; people <= 60; people++) {
            for (int[] canvas : new int[][] {{640, 360}, {360, 640}, {1920, 1080}, {322, 322}, {64, 32}}) {
                for (boolean portrait : new boolean[] {false, true}) {
                    List<Rect> windows = rects(people, canvas[0], canvas[1], Mode.MANY, portrait);
                    assertEquals(people, windows.size());
                    for (Rect a : windows) {
                        assertTrue(a.isWithin(canvas[0], canvas[1]), people + " " + a);
                        assertEquals(0, (a.x() | a.y() | a.width() | a.height()) & 1, people + " " + a);
                        for (Rect b : windows) assertTrue(a == b || !a.overlaps(b), people + ": " + a + b);
                    }
                }
            }
        }
    }

    @Test
    @Tag("MRTC-RP-21")
    void aTagHasItsWindowWhateverTheOrderOfComing() {
        var how = new Arrangement(Mode.TWO, false, Map.of("agent", 1, "cust", 2), new TreeMap<>());
        var customer = new Person("customer-7", false);
        var agent = new Person("agent", false);
        assertEquals(List.of(1, 0), people(List.of(customer, agent), how));
        assertEquals(List.of(0, 1), people(List.of(agent, customer), how));
        assertEquals(List.of(1, 0), people(List.of(new Person("", false), agent), how), "others fill what is free");
        assertEquals(List.of(0, 1), people(List.of(agent, agent), how), "the first of two with one tag has it");
    }

    @Test
    void aSharedScreenHasTheFirstWindow() {
        var how = new Arrangement(Mode.MANY, false, Map.of(), new TreeMap<>());
        var camera = new Person("", false);
        assertEquals(List.of(2, 0, 1), people(List.of(camera, camera, new Person("", true)), how));
    }

    @Test
    @Tag("MRTC-RP-22")
    void customWindowsStandExactlyWhereTheyAreWanted() {
        var windows = new TreeMap<>(Map.of(2, new Rect(1, 3, 161, 91), 1, new Rect(300, 100, 160, 90)));
        var how = new Arrangement(Mode.MANY, false, Map.of("a", 2), windows);
        var placed = Layouts.place(List.of(new Person("", false), new Person("a", false)), WIDTH, HEIGHT, how);
        assertEquals(List.of(new Window(0, windows.get(1)), new Window(1, windows.get(2))), placed);
        assertEquals(
                2,
                Layouts.place(Collections.nCopies(3, new Person("", false)), WIDTH, HEIGHT, how)
                        .size());
    }

    private static List<Rect> rects(int people, int width, int height, Mode mode, boolean portrait) {
        var how = new Arrangement(mode, portrait, Map.of(), new TreeMap<>());
        return Layouts.place(Collections.nCopies(people, new Person("", false)), width, height, how).stream()
                .map(Window::rect)
                .toList();
    }

    private static List<Integer> people(List<Person> people, Arrangement how) {
        return Layouts.place(people, WIDTH, HEIGHT, how).stream()
                .map(Window::person)
                .toList();
    }
}
