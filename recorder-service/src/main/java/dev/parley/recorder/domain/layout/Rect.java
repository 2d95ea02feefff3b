package dev.parley.recorder.domain.layout;

/** A window of the output picture in pixels, origin top left. What templates make is even in all four, as 4:2:0 pictures want. */
public record Rect(int x, int y, int width, int height) {
    /** Whether they share a pixel. */
    public boolean overlaps(Rect other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }

    /** Whether all of it is on a canvas of this size. */
    public boolean isWithin(int canvasWidth, int canvasHeight) {
        return x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= canvasWidth && y + height <= canvasHeight;
    }

    /** The same where x is y and y is x. */
    Rect turned() {
        return new Rect(y, x, height, width);
    }
}
