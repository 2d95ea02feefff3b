package dev.parley.vod.domain;

import dev.parley.contracts.playback.PlaybackView;

/**
 * A playback as the store keeps it.
 *
 * @param state  a {@link PlaybackState#wireName}
 * @param nodeId the worker that plays it, and its boot
 */
public record Playback(
        String vodId,
        String roomId,
        String feedId,
        String file,
        String state,
        String message,
        String nodeId,
        String bootId) {
    public PlaybackView view() {
        return new PlaybackView(vodId, roomId, feedId, file, state, message);
    }
}
