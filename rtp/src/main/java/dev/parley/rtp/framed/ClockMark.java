package dev.parley.rtp.framed;

/**
 * Data of a {@code TIME} frame: holds for all frames until the next one. Sent before a frame when the clock has moved by 1 ms or the index has
 * jumped, and at least once a second, so that a silent tap can be told from a dead one.
 *
 * @param us     the relay's monotonic clock at the packets' arrival, microseconds from a fixed but unknown origin
 * @param wallMs the relay's wall clock at the same moment, milliseconds since the epoch
 * @param index  of the next frame
 */
public record ClockMark(long us, long wallMs, long index) {}
