package dev.parley.contracts.playback;

/** State: starting, playing, over, failed. */
public record PlaybackView(String vodId, String roomId, String feedId, String file, String state, String message) {}
