package dev.parley.rtp.framed;

/** Data of a {@code GAPS} frame: the frames {@code from} (included) to {@code to} (excluded) could not be given: the reader was too slow or too late. */
public record FrameGap(long from, long to) {}
