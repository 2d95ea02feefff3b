package dev.parley.recorder.domain.layout;

import java.util.ArrayList;
import java.util.List;

/** The windows that MRTC section 4.4 leaves to the server (layoutMode, multiModeType; the nine-grid of its ambiguity 29). */
final class Templates {
    static final int INSETS_MAX = 3;

    private Templates() {}

    /**
     * Landscape. Two and four are split evenly; three: one large at the left and two at its right; five: two above three; six: three by
     * two; seven to nine: the nine-grid; more: the grid whose cells come closest to 16:9. A last row that is not full is centred.
     */
    static List<Rect> many(int people, int width, int height) {
        return switch (people) {
            case 0 -> List.of();
            case 1 -> grid(1, 1, 1, width, height);
            case 2 -> grid(2, 2, 1, width, height);
            case 3 -> oneAndTwo(width, height);
            case 4 -> grid(4, 2, 2, width, height);
            case 5 -> twoAndThree(width, height);
            case 6 -> grid(6, 3, 2, width, height);
            case 7, 8, 9 -> grid(people, 3, 3, width, height);
            default -> {
                int columns = columns(people, width, height);
                yield grid(people, columns, (people + columns - 1) / columns, width, height);
            }
        };
    }

    /** The first fills the canvas; the others stand in it at the right, from the bottom up, a quarter of its size each. */
    static List<Rect> pictureInPicture(int people, int width, int height) {
        var windows = new ArrayList<Rect>();
        if (people > 0) windows.add(new Rect(0, 0, even(width), even(height)));
        int insetWidth = even(width / 4);
        int insetHeight = even(height / 4);
        int margin = even(Math.min(width, height) / 30);
        for (int i = 1; i < people; i++) {
            int x = even(width - margin - insetWidth);
            int y = even(height - i * (margin + insetHeight));
            windows.add(new Rect(x, y, insetWidth, insetHeight));
        }
        return windows;
    }

    private static List<Rect> oneAndTwo(int width, int height) {
        int large = even(width * 2 / 3);
        int half = even(height / 2);
        return List.of(
                new Rect(0, 0, large, even(height)),
                new Rect(large, 0, even(width - large), half),
                new Rect(large, half, even(width - large), half));
    }

    private static List<Rect> twoAndThree(int width, int height) {
        int above = even(height * 3 / 5);
        var windows = new ArrayList<>(grid(2, 2, 1, width, above));
        for (Rect below : grid(3, 3, 1, width, height - above))
            windows.add(new Rect(below.x(), below.y() + above, below.width(), below.height()));
        return windows;
    }

    private static List<Rect> grid(int people, int columns, int rows, int width, int height) {
        int cellWidth = even(width / columns);
        int cellHeight = even(height / rows);
        int used = (people + columns - 1) / columns;
        int top = even((height - used * cellHeight) / 2);
        var windows = new ArrayList<Rect>(people);
        for (int row = 0; row < used; row++) {
            int inRow = Math.min(columns, people - row * columns);
            int left = even((width - inRow * cellWidth) / 2);
            for (int i = 0; i < inRow; i++)
                windows.add(new Rect(left + i * cellWidth, top + row * cellHeight, cellWidth, cellHeight));
        }
        return windows;
    }

    private static int columns(int people, int width, int height) {
        int best = 1;
        double bestSeen = 0;
        for (int columns = 1; columns <= people; columns++) {
            int rows = (people + columns - 1) / columns;
            double seen = Math.min(
                    (double) width / columns / 16, (double) height / rows / 9); // edge of the 16:9 picture that fits
            if (seen > bestSeen + 1e-9) {
                bestSeen = seen;
                best = columns;
            }
        }
        return best;
    }

    private static int even(int value) {
        return value & ~1;
    }
}
