package dev.parley.recorder.domain.timeline;

/** A track in a journal: SSRCs are unique in a room's epoch, and another epoch may use one again. */
public record Source(int epoch, long ssrc) {}
