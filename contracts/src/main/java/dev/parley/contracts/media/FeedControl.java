package dev.parley.contracts.media;

/** Body of {@code PATCH /v1/rooms/{roomId}/feeds/{feedId}}: a muted track is not forwarded and not offered to taps. Null: as it is. */
public record FeedControl(Boolean audioMuted, Boolean videoMuted) {}
