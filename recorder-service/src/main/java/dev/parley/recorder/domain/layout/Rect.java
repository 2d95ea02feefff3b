package dev.parley.recorder.domain.layout;

/** A window of the output picture in pixels, origin top left; all four are even, as 4:2:0 pictures want. */
public record Rect(int x, int y, int width, int height) {}
