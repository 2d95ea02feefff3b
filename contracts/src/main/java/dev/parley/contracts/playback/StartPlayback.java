package dev.parley.contracts.playback;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.node.NodeView;

/**
 * Body of {@code POST /v1/playbacks} at a vod worker. Idempotent per vodId, which the caller chooses.
 *
 * @param feed           the virtual participant's feed, made by the caller
 * @param file           key in the object store, such as {@code vod/bot.mp4}
 * @param timeoutSeconds until the first packet must be in the room, 1 to 60
 * @param loop           begin again at the end until stopped
 */
public record StartPlayback(
        String vodId, String roomId, NodeView relay, FeedInfo feed, String file, int timeoutSeconds, boolean loop) {}
