package dev.parley.recorder.live;

/** Told inside this process: the journal of a stopped recording is complete, a composition may begin. */
public record JournalReady(String recordId) {}
