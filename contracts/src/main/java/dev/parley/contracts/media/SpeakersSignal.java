package dev.parley.contracts.media;

import java.util.List;

/**
 * Data of {@code speakers.v1} on {@code room.signals}: who speaks now, loudest first, and who has the floor. Sent when somebody begins or ends, when the
 * floor changes hands, at most five times a second for levels alone, and every 5 s for those who have just come.
 *
 * @param dominantParticipantId who has the floor: the last who really spoke; "" = nobody yet
 * @param dominantFeedId        with which feed
 */
public record SpeakersSignal(
        String roomId, List<Speaker> speakers, String dominantParticipantId, String dominantFeedId) {
    /** @param level 0 silent to 127 loudest (RFC 6464 turned round) */
    public record Speaker(String participantId, String feedId, int level) {}
}
