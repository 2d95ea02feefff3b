package dev.parley.contracts.media;

import java.util.List;

/** Data of {@code speakers.v1} on {@code room.signals}: who speaks now, loudest first; sent at most five times a second and only on change. */
public record SpeakersSignal(String roomId, List<Speaker> speakers) {
    /** @param level 0 silent to 127 loudest (RFC 6464 turned round) */
    public record Speaker(String participantId, String feedId, int level) {}
}
