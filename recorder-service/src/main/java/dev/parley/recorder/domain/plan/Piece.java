package dev.parley.recorder.domain.plan;

/**
 * A stretch of one window.
 *
 * @param run    index of the video run that is shown, -1 for black
 * @param frames how long, in frames of the output; at least 1
 */
public record Piece(int run, int frames) {
    public static final int BLACK = -1;
}
