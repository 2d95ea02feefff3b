package dev.parley.contracts.media;

/**
 * How a subscriber wants one feed's video. Of a simulcast he gets the largest size that none of the bounds forbids and his line takes; when all are
 * larger, the smallest. Of a single stream nothing but the priority counts.
 *
 * @param maxWidth  in pixels; 0 = any
 * @param maxHeight in pixels; 0 = any
 * @param size      0 the smallest, 1 the middle one, 2 the largest
 * @param priority  0 to 10; on a narrow line the feed with the lower one gives way first
 */
public record FeedWish(String feedId, int maxWidth, int maxHeight, int size, int priority) {
    public static final int SIZE_MAX = 2, PRIORITY_MAX = 10, PIXELS_MAX = 16_384;

    /** What counts where nothing was wished. */
    public static FeedWish none(String feedId) {
        return new FeedWish(feedId, 0, 0, SIZE_MAX, 1);
    }
}
