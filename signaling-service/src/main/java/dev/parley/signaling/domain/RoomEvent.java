package dev.parley.signaling.domain;

/**
 * What became of a command: a row of the room's log, then a push. The components are the fields of the push's data, as docs/protocol.md
 * lists them; null means "did not change" and is left out.
 */
public sealed interface RoomEvent {
    record ParticipantJoined(ParticipantView participant) implements RoomEvent {}

    record ParticipantLeft(String participantId, String uid, int exitType, LeaveReason reason) implements RoomEvent {
        static ParticipantLeft of(Participant p, LeaveReason reason) {
            return new ParticipantLeft(p.participantId(), p.uid(), reason.exitType(), reason);
        }
    }

    record ParticipantUpdated(String participantId, ServiceState state, Role role, String displayName)
            implements RoomEvent {}

    record FeedPublished(String participantId, Feed feed) implements RoomEvent {}

    record FeedUpdated(String participantId, String feedId, Boolean audioMuted, Boolean videoMuted)
            implements RoomEvent {}

    record FeedUnpublished(String participantId, String feedId) implements RoomEvent {}

    record Subscribed(String participantId, String feedId) implements RoomEvent {}

    record Unsubscribed(String participantId, String feedId) implements RoomEvent {}

    /** clientMsgId and clientSentAtMs: its sender's own number and time of it, null = not given. */
    record Text(
            String msgId, String from, String uid, String text, long sentAtMs, String clientMsgId, Long clientSentAtMs)
            implements RoomEvent {}

    record Command(String msgId, String from, String uid, Json payload, long sentAtMs) implements RoomEvent {}

    /** @param url leads to the file's bytes until {@code expiresAtMs} */
    record FileSent(
            String fileId,
            String from,
            String uid,
            String name,
            String contentType,
            long bytes,
            String url,
            long expiresAtMs,
            long sentAtMs)
            implements RoomEvent {}

    record RoomUpdated(Boolean locked, String recording) implements RoomEvent {}

    record InviteAnswered(String inviteId, String uid, int reply) implements RoomEvent {}

    /** @param feedId null = the whole recording */
    record RecordingChanged(String recordId, String thirdId, int eventCode, String message, String feedId)
            implements RoomEvent {}

    record PlaybackChanged(String vodId, String participantId, String feedId, String state, String message)
            implements RoomEvent {}

    record MediaMoved(long generation) implements RoomEvent {}

    record RoomEnded(EndReason reason) implements RoomEvent {}

    /** The push's type. */
    default String type() {
        return switch (this) {
            case ParticipantJoined _ -> "participantJoined";
            case ParticipantLeft _ -> "participantLeft";
            case ParticipantUpdated _ -> "participantUpdated";
            case FeedPublished _ -> "feedPublished";
            case FeedUpdated _ -> "feedUpdated";
            case FeedUnpublished _ -> "feedUnpublished";
            case Subscribed _ -> "subscribed";
            case Unsubscribed _ -> "unsubscribed";
            case Text _ -> "text";
            case Command _ -> "command";
            case FileSent _ -> "file";
            case RoomUpdated _ -> "roomUpdated";
            case InviteAnswered _ -> "inviteAnswered";
            case RecordingChanged _ -> "recording";
            case PlaybackChanged _ -> "playback";
            case MediaMoved _ -> "mediaMoved";
            case RoomEnded _ -> "roomEnded";
        };
    }
}
