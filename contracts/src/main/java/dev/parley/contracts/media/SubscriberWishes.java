package dev.parley.contracts.media;

import java.util.List;

/** Body of {@code PATCH /v1/rooms/{roomId}/transports/{transportId}} of a subscriber: what is not named stays as it was.
 *
 * @param feeds   null = none
 * @param cameras how many cameras are sent at most, those of the last speakers; what is not a camera does not count. Null = as before, 0 = all
 * @param voices  how many audio feeds are sent at most, the loudest. Null = as before, 0 = all
 */
public record SubscriberWishes(List<FeedWish> feeds, Integer cameras, Integer voices) {
    public static final int COUNT_MAX = 1_000;
}
