package dev.parley.contracts.room;

import java.util.List;

/**
 * A room that is not over, as operators see it: body of {@code POST /v1/rooms:search} and of {@code GET /v1/rooms/{roomId}/overview} at
 * signaling, for services.
 *
 * @param meetingCode 9 digits, "" when it has none
 * @param startedAtMs first entry, milliseconds since the epoch; 0 before it
 * @param rtoken      who has it may enter: not for everybody's eyes
 * @param recordId    of the recording that runs, "" when none does
 * @param relay       base of the REST interface of the relay that has its media, "" when none has
 */
public record RoomOverview(
        String roomId,
        String meetingCode,
        String bizName,
        String name,
        String ownerUid,
        int capacity,
        boolean locked,
        long createdAtMs,
        long startedAtMs,
        String rtoken,
        String recordId,
        String nodeId,
        String relay,
        List<Person> people) {
    /** The words are those of docs/protocol.md. */
    public record Person(
            String participantId,
            String uid,
            String displayName,
            String role,
            String kind,
            String state,
            long joinedAtMs,
            List<Stream> feeds) {}

    public record Stream(
            String feedId,
            String tag,
            String source,
            boolean audio,
            boolean video,
            boolean audioMuted,
            boolean videoMuted) {}

    /** @param bizNames of the applications whose rooms are wanted; null = of all */
    public record Search(List<String> bizNames) {}
}
