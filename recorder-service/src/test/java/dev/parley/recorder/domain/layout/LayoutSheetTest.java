package dev.parley.recorder.domain.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.recorder.domain.layout.Arrangement.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The drawings of docs/recording.md: every layout as {@link Layouts} makes it. {@code main} writes them anew. */
class LayoutSheetTest {
    private static final Path DOCS = Path.of("../docs/images/recording");
    private static final int GAP = 16, COLUMNS = 6;
    private static final List<String> COLOURS =
            List.of("#4F81BD", "#C0504D", "#9BBB59", "#8064A2", "#4BACC6", "#F79646");

    /** One drawing: how many people on which canvas. */
    private record Sheet(String file, Mode mode, boolean portrait, int width, int height, int scale, int[] people) {}

    private static final List<Sheet> SHEETS = List.of(
            new Sheet("two.svg", Mode.TWO, false, 640, 360, 4, new int[] {1, 2}),
            new Sheet("inset.svg", Mode.PICTURE_IN_PICTURE, false, 640, 360, 4, new int[] {1, 2, 3, 4}),
            new Sheet("many.svg", Mode.MANY, false, 640, 360, 4, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 25}),
            new Sheet("upright.svg", Mode.MANY, true, 360, 640, 5, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 25}));

    @Test
    void theDrawingsShowWhatIsComposed() throws IOException {
        for (Sheet sheet : SHEETS)
            assertEquals(draw(sheet), Files.readString(DOCS.resolve(sheet.file)), sheet.file + " is of another time");
    }

    public static void main(String[] arguments) throws IOException {
        for (Sheet sheet : SHEETS) Files.writeString(Path.of(arguments[0]).resolve(sheet.file), draw(sheet));
    }

    private static String draw(Sheet sheet) {
        int cellWidth = sheet.width / sheet.scale;
        int cellHeight = sheet.height / sheet.scale;
        int columns = Math.min(COLUMNS, sheet.people.length);
        int rows = (sheet.people.length + columns - 1) / columns;
        var svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"10\">%n"
                        .formatted(GAP + columns * (cellWidth + GAP), GAP + rows * (cellHeight + GAP)));
        for (int i = 0; i < sheet.people.length; i++) {
            int x = GAP + i % columns * (cellWidth + GAP);
            int y = GAP + i / columns * (cellHeight + GAP);
            svg.append("<g transform=\"translate(%d %d)\"><rect width=\"%d\" height=\"%d\"/>%n"
                    .formatted(x, y, cellWidth, cellHeight));
            for (Window window : windows(sheet, sheet.people[i])) svg.append(box(window, sheet.scale));
            svg.append("</g>%n".formatted());
        }
        return svg.append("</svg>%n".formatted()).toString();
    }

    private static List<Window> windows(Sheet sheet, int people) {
        var how = new Arrangement(sheet.mode, sheet.portrait, Map.of(), new TreeMap<>());
        var all = new ArrayList<>(Collections.nCopies(people, new Person("", false)));
        return Layouts.place(all, sheet.width, sheet.height, how);
    }

    private static String box(Window window, int scale) {
        Rect at = window.rect();
        double x = (double) at.x() / scale;
        double y = (double) at.y() / scale;
        double width = (double) at.width() / scale;
        double height = (double) at.height() / scale;
        String colour = COLOURS.get(window.person() % COLOURS.size());
        return ("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" stroke=\"#fff\"/>"
                        + "<text x=\"%s\" y=\"%s\" fill=\"#fff\" text-anchor=\"middle\">%d</text>%n")
                .formatted(x, y, width, height, colour, x + width / 2, y + height / 2 + 4, window.person() + 1);
    }
}
