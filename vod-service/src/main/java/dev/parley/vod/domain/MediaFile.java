package dev.parley.vod.domain;

/**
 * A file in the store.
 *
 * @param key          such as {@code vod/bot.mp4}
 * @param modifiedAtMs milliseconds since the epoch, the store's clock
 */
public record MediaFile(String key, long sizeBytes, long modifiedAtMs) {}
