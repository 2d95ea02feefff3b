package dev.parley.recorder.domain.layout;

import java.util.ArrayList;
import java.util.List;

/** Where people stand in the picture: a pure function of how many there are and of the canvas. More arrangements belong here. */
public final class Layouts {
    private Layouts() {}

    /**
     * One: the whole picture. Two: side by side, or one above the other on an upright canvas. More: the grid whose cells come closest to
     * 16:9, rows filled from the top, the last row centred. Windows never overlap and never leave the canvas.
     *
     * @param people 0 or more
     * @param width  of the canvas, even, at least 2 per column
     * @param height as width
     */
    public static List<Rect> windows(int people, int width, int height) {
        if (people <= 0) return List.of();
        int columns = columns(people, width, height);
        int rows = (people + columns - 1) / columns;
        int cellWidth = even(width / columns);
        int cellHeight = even(height / rows);
        var windows = new ArrayList<Rect>(people);
        for (int row = 0; row < rows; row++) {
            int inRow = Math.min(columns, people - row * columns);
            int left = even((width - inRow * cellWidth) / 2);
            int top = even((height - rows * cellHeight) / 2) + row * cellHeight;
            for (int i = 0; i < inRow; i++) windows.add(new Rect(left + i * cellWidth, top, cellWidth, cellHeight));
        }
        return windows;
    }

    private static int columns(int people, int width, int height) {
        if (people == 2) return width >= height ? 2 : 1;
        int best = 1;
        double bestArea = 0;
        for (int columns = 1; columns <= people; columns++) {
            int rows = (people + columns - 1) / columns;
            double cellWidth = (double) width / columns;
            double cellHeight = (double) height / rows;
            double seen = Math.min(cellWidth / 16, cellHeight / 9); // edge of the 16:9 picture that fits
            if (seen > bestArea + 1e-9) {
                bestArea = seen;
                best = columns;
            }
        }
        return best;
    }

    private static int even(int value) {
        return value & ~1;
    }
}
