package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a room when something is asked of it. Every function here is pure and total: it throws nothing, and the same state and
 * command always give the same decision.
 */
public final class RoomRules {
    private RoomRules() {}

    /**
     * A new room, or a new incarnation of one that has ended under the same id: its log goes on, so that what has seen the old one drops
     * nothing of the new one.
     *
     * @param before what the store holds under this id, or null
     */
    public static Decision create(RoomState before, RoomInfo info, RoomSettings settings, RoomLimits limits) {
        if (before != null && (!before.ended() || !before.info().bizName().equals(info.bizName())))
            return Decision.refuse(before, ErrorCode.NAME_TAKEN, "Room " + info.roomId() + " exists.");
        if (settings.capacity() < 1 || settings.capacity() > limits.capacityMax())
            return Decision.refuse(before, ErrorCode.BAD_REQUEST, "capacity is 1 to " + limits.capacityMax() + ".");
        return Decision.keep(new RoomState(
                info,
                settings,
                Phase.OPEN,
                before == null ? 0 : before.seq(),
                0,
                info.createdAtMs(),
                MediaPlace.NOWHERE,
                Map.of(),
                Map.of(),
                Map.of()));
    }

    /** The next state and the events to log. No default branch: a new command does not compile until it is decided here. */
    public static Decision decide(RoomState room, RoomCommand command, RoomLimits limits) {
        Decision decision = decideCommand(room, command, limits);
        RoomState after = decision.next();
        boolean left = room.headcount() > 0 && after.headcount() == 0 && !after.ended();
        return left && after.settings().endWhenEmpty()
                ? decision.then(new Change(after)
                        .end(new RoomCommand.End("", EndReason.EMPTY, after.emptySinceMs()))
                        .done())
                : decision;
    }

    private static Decision decideCommand(RoomState room, RoomCommand command, RoomLimits limits) {
        return switch (command) {
            case RoomCommand.Join c -> join(room, c);
            case RoomCommand.Leave c -> {
                Participant p = room.participant(c.participantId());
                yield p == null
                        ? Decision.keep(room)
                        : new Change(room)
                                .leave(c.participantId(), c.reason(), c.nowMs())
                                .done();
            }
            case RoomCommand.Lose c -> presence(room, c.participantId(), ServiceState.RECONNECTING);
            case RoomCommand.Regain c -> presence(room, c.participantId(), ServiceState.PRESENT);
            case RoomCommand.Lock c -> lock(room, c);
            case RoomCommand.End c -> end(room, c);
            case RoomCommand.Kick c -> kick(room, c);
            case RoomCommand.SetRole c -> setRole(room, c);
            case RoomCommand.Mute c -> FeedRules.mute(room, c);
            case RoomCommand.Publish c -> FeedRules.publish(room, c, limits);
            case RoomCommand.Unpublish c -> FeedRules.unpublish(room, c);
            case RoomCommand.Subscribe c -> FeedRules.subscribe(room, c, limits);
            case RoomCommand.Unsubscribe c -> FeedRules.unsubscribe(room, c);
            case RoomCommand.Rebind c -> FeedRules.rebind(room, c);
            case RoomCommand.SendText c -> MessageRules.text(room, c);
            case RoomCommand.SendCommand c -> MessageRules.command(room, c);
            case RoomCommand.OfferFile c -> FileRules.offer(room, c, limits.files());
            case RoomCommand.SendFile c -> FileRules.send(room, c, limits.files());
            case RoomCommand.TellInviter c -> MessageRules.tellInviter(room, c);
            case RoomCommand.StartRecording c -> TaskRules.startRecording(room, c, limits);
            case RoomCommand.StopRecording c -> TaskRules.stopRecording(room, c);
            case RoomCommand.RecordingProgress c -> TaskRules.recordingProgress(room, c);
            case RoomCommand.AutoRecordFailed c -> TaskRules.autoRecordFailed(room, c);
            case RoomCommand.StartPlayback c -> TaskRules.startPlayback(room, c, limits);
            case RoomCommand.StopPlayback c -> TaskRules.stopPlayback(room, c);
            case RoomCommand.PlaybackProgress c -> TaskRules.playbackProgress(room, c);
            case RoomCommand.Place c -> place(room, c);
            case RoomCommand.Tick c -> tick(room, c, limits);
        };
    }

    private static Decision join(RoomState room, RoomCommand.Join c) {
        ErrorCode refusal = Admission.refusal(room, c);
        if (refusal != null) return Decision.refuse(room, refusal);
        if (room.participant(c.participantId()) != null) return Decision.refuse(room, ErrorCode.ALREADY_IN_ROOM);
        var p = new Participant(
                c.participantId(),
                c.who().uid(),
                c.who().displayName(),
                Admission.role(room, c),
                c.kind(),
                ServiceState.PRESENT,
                c.protocol(),
                false,
                c.extra(),
                c.nowMs(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var change = new Change(room.with(p).withEmptySince(0));
        if (room.phase() == Phase.OPEN) change.state = change.state.withPhase(Phase.STARTED, c.nowMs());
        return change.log(new RoomEvent.ParticipantJoined(ParticipantView.of(p)))
                .done();
    }

    private static Decision presence(RoomState room, String participantId, ServiceState state) {
        Participant p = room.participant(participantId);
        if (p == null || p.state() == state) return Decision.keep(room);
        return new Change(room.with(p.with(state)))
                .log(new RoomEvent.ParticipantUpdated(participantId, state, null, null))
                .done();
    }

    private static Decision lock(RoomState room, RoomCommand.Lock c) {
        ErrorCode refusal = moderator(room, c.by());
        if (refusal != null) return Decision.refuse(room, refusal);
        if (room.settings().locked() == c.locked()) return Decision.keep(room);
        return new Change(room.with(room.settings().withLocked(c.locked())))
                .log(new RoomEvent.RoomUpdated(c.locked(), null))
                .done();
    }

    private static Decision end(RoomState room, RoomCommand.End c) {
        if (room.ended()) return c.by().isEmpty() ? Decision.keep(room) : Decision.refuse(room, ErrorCode.ROOM_ENDED);
        ErrorCode refusal = host(room, c.by());
        return refusal != null
                ? Decision.refuse(room, refusal)
                : new Change(room).end(c).done();
    }

    private static Decision kick(RoomState room, RoomCommand.Kick c) {
        ErrorCode refusal = moderator(room, c.by());
        if (refusal != null) return Decision.refuse(room, refusal);
        Participant target = room.participant(c.participantId());
        if (target == null) return Decision.refuse(room, ErrorCode.PARTICIPANT_NOT_FOUND);
        // A cohost cannot turn the house against its host.
        if (target.role() == Role.HOST
                && !c.by().isEmpty()
                && room.participant(c.by()).role() != Role.HOST) return Decision.refuse(room, ErrorCode.NOT_ALLOWED);
        var change = new Change(room);
        for (Playback p : room.playbacks().values()) {
            if (p.participantId().equals(c.participantId()))
                return change.endPlayback(p, "over", "", c.nowMs()).done();
        }
        return change.leave(c.participantId(), LeaveReason.KICKED, c.nowMs()).done();
    }

    private static Decision setRole(RoomState room, RoomCommand.SetRole c) {
        ErrorCode refusal = host(room, c.by());
        if (refusal != null) return Decision.refuse(room, refusal);
        Participant target = room.participant(c.participantId());
        if (target == null) return Decision.refuse(room, ErrorCode.PARTICIPANT_NOT_FOUND);
        if (target.role() == c.role()) return Decision.keep(room);
        return new Change(room.with(target.with(c.role())))
                .log(new RoomEvent.ParticipantUpdated(c.participantId(), null, c.role(), null))
                .done();
    }

    private static Decision place(RoomState room, RoomCommand.Place c) {
        if (room.ended() || c.place().generation() <= room.media().generation()) return Decision.keep(room);
        var change = new Change(room.with(c.place()));
        // The first place is no move: nobody has a connection to renew.
        if (!room.media().isSet()) return change.done();
        change.log(new RoomEvent.MediaMoved(c.place().generation()));
        for (Participant p : room.participants().values()) {
            // Nothing tells these to come again; they see their connection fail and do.
            if (p.kind().livesByTransport()) change.leave(p.participantId(), LeaveReason.LOST, c.nowMs());
        }
        return change.done();
    }

    private static Decision tick(RoomState room, RoomCommand.Tick c, RoomLimits limits) {
        boolean over = !room.ended()
                && room.emptySinceMs() > 0
                && room.headcount() == 0
                && c.nowMs() - room.emptySinceMs() >= limits.emptyGraceMs();
        return over
                ? new Change(room)
                        .end(new RoomCommand.End("", EndReason.EMPTY, c.nowMs()))
                        .done()
                : Decision.keep(room);
    }

    /** Null when {@code by} may moderate. */
    static ErrorCode moderator(RoomState room, String by) {
        if (by.isEmpty()) return room.ended() ? ErrorCode.ROOM_ENDED : null;
        Participant p = room.participant(by);
        if (p == null) return ErrorCode.NOT_IN_ROOM;
        return p.role().moderates() ? null : ErrorCode.NOT_ALLOWED;
    }

    /** Null when {@code by} is the room's host. */
    static ErrorCode host(RoomState room, String by) {
        if (by.isEmpty()) return room.ended() ? ErrorCode.ROOM_ENDED : null;
        Participant p = room.participant(by);
        if (p == null) return ErrorCode.NOT_IN_ROOM;
        return p.role() == Role.HOST ? null : ErrorCode.NOT_ALLOWED;
    }
}
