package dev.parley.contracts.media;

/**
 * Data of {@code quality.v1} on {@code room.signals}: a feed's network has become weak, or is well again. Said at each change, and while it is weak every
 * 10 s; may be lost.
 *
 * @param participantId who publishes the feed
 * @param kind          by which of its tracks it was judged
 * @param receiverId    on whose way down; "" = on the publisher's way up, so for all who receive it
 */
public record QualitySignal(
        String roomId,
        String participantId,
        String feedId,
        MediaKind kind,
        String receiverId,
        boolean weak,
        FeedQuality quality) {}
