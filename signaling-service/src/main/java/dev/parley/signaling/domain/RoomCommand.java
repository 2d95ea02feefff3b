package dev.parley.signaling.domain;

import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.TrackBinding;
import java.util.List;
import java.util.Set;

/**
 * What may be asked of a room. {@code by} is the participant who asks; "" = the system or an administrator over REST, which the edge has
 * checked. Ids of what is made new and all times (milliseconds since the epoch) come with the command.
 */
public sealed interface RoomCommand {
    /** @param rtoken may be "" when the token names the room or its holder owns it */
    record Join(
            Identity who,
            String participantId,
            ParticipantKind kind,
            String protocol,
            String rtoken,
            String pin,
            Json extra,
            long nowMs)
            implements RoomCommand {}

    record Leave(String participantId, LeaveReason reason, long nowMs) implements RoomCommand {}

    /** The socket broke. */
    record Lose(String participantId) implements RoomCommand {}

    /** A new socket took the session up. */
    record Regain(String participantId) implements RoomCommand {}

    record Lock(String by, boolean locked) implements RoomCommand {}

    record End(String by, EndReason reason, long nowMs) implements RoomCommand {}

    record Kick(String by, String participantId, long nowMs) implements RoomCommand {}

    record SetRole(String by, String participantId, Role role) implements RoomCommand {}

    /** Null leaves a track as it is. */
    record Mute(String by, String feedId, Boolean audio, Boolean video) implements RoomCommand {}

    /** @param tracks the feed's m-lines of the up connection, one or two */
    record Publish(String by, String feedId, String tag, Source source, List<TrackBinding> tracks)
            implements RoomCommand {}

    record Unpublish(String by, String feedId) implements RoomCommand {}

    /** @param tracks to add; those of feeds that went away meanwhile are dropped */
    record Subscribe(String by, List<TrackBinding> tracks) implements RoomCommand {}

    record Unsubscribe(String by, Set<String> feedIds) implements RoomCommand {}

    /** A new meaning of all m-lines of one connection; what is missing is unpublished or unsubscribed. */
    record Rebind(String by, Direction direction, List<TrackBinding> tracks) implements RoomCommand {}

    /**
     * @param to          empty = all others
     * @param clientMsgId the sender's own number of it, null = not given; so clientSentAtMs, his time
     */
    record SendText(
            String by, String msgId, String text, Set<String> to, String clientMsgId, Long clientSentAtMs, long nowMs)
            implements RoomCommand {}

    /** @param to empty = all others */
    record SendCommand(String by, String msgId, Json payload, Set<String> to, long nowMs) implements RoomCommand {}

    /**
     * Announces a file whose bytes are about to go to the object store.
     *
     * @param name as the sender's system has it, may be a path
     * @param contentType media type, "" = not known
     */
    record OfferFile(String by, String fileId, String name, String contentType, long bytes, long nowMs)
            implements RoomCommand {}

    /**
     * Tells of a file that is in the object store, which the one who commands has seen.
     *
     * @param url leads to it until {@code expiresAtMs}
     * @param to  empty = all others
     */
    record SendFile(String by, String fileId, String url, long expiresAtMs, Set<String> to, long nowMs)
            implements RoomCommand {}

    /** Tells the inviter; nothing when it has left. */
    record TellInviter(String inviterId, String inviteId, String uid, int reply) implements RoomCommand {}

    /** @param silent of it the others are told nothing */
    record StartRecording(String by, String recordId, String thirdId, int endType, String nodeUrl, boolean silent)
            implements RoomCommand {
        public StartRecording(String by, String recordId, String thirdId, int endType, String nodeUrl) {
            this(by, recordId, thirdId, endType, nodeUrl, false);
        }
    }

    record StopRecording(String by, String recordId) implements RoomCommand {}

    /** What the recorder tells, MRTC section 3.3. @param feedId the stream that it is about, "" = the whole recording */
    record RecordingProgress(String recordId, long seq, int eventCode, String message, String feedId)
            implements RoomCommand {
        public RecordingProgress(String recordId, long seq, int eventCode, String message) {
            this(recordId, seq, eventCode, message, "");
        }
    }

    /** The room was to be recorded from its first feed on, and cannot be. */
    record AutoRecordFailed(String message) implements RoomCommand {}

    record StartPlayback(String by, String vodId, String participantId, String feedId, String nodeUrl, long nowMs)
            implements RoomCommand {}

    record StopPlayback(String by, String vodId, long nowMs) implements RoomCommand {}

    /** What vod tells; over and failed end it. */
    record PlaybackProgress(String vodId, String state, String message, long nowMs) implements RoomCommand {}

    /** Master's answer about where the media lives; one with an older generation is ignored. */
    record Place(MediaPlace place, long nowMs) implements RoomCommand {}

    record Tick(long nowMs) implements RoomCommand {}
}
