package dev.parley.contracts.media;

import java.util.List;

/** Body of {@code PATCH /v1/rooms/{roomId}/transports/{transportId}} of a subscriber: what is not named stays as it was. Null = nothing. */
public record SubscriberWishes(List<FeedWish> feeds) {}
