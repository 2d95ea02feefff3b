package dev.parley.contracts.playback;

/** Data of {@code playback.event.v1}. State: playing, over (natural end or stopped), failed. */
public record PlaybackEvent(String vodId, String roomId, String feedId, String state, String message) {}
