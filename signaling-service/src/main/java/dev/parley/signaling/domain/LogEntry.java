package dev.parley.signaling.domain;

/** An event of a room's log as it is pushed: its text is made once. {@code data}: JSON object. */
public record LogEntry(String roomId, long seq, String type, Audience audience, String data) {}
