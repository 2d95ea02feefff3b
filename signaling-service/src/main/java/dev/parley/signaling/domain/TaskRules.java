package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.List;

/** Recordings and played files: tasks that other services do for a room. */
final class TaskRules {
    /** MRTC section 3.3: the files are there or never will be. */
    private static final int RESULT = 99;
    /** The recording has stopped taking; its file is being made. */
    private static final int OVER = 11;
    /** Nobody could be asked for the room. */
    private static final int NOT_BEGUN = 100_001;
    /** From here on the code tells a failure that ends the recording; below 200000 to leave out the warnings 500301 and 500302. */
    private static final int FAILURES = 100_000, FAILURES_END = 200_000;

    private TaskRules() {}

    static Decision startRecording(RoomState room, RoomCommand.StartRecording c, RoomLimits limits) {
        if (room.ended()) return Decision.refuse(room, ErrorCode.ROOM_ENDED);
        if (!c.by().isEmpty() && room.participant(c.by()) == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        if (room.recordings().containsKey(c.recordId())) return Decision.keep(room);
        long live = room.recordings().values().stream().filter(Recording::live).count();
        if (live >= limits.recordingsMax())
            return Decision.refuse(room, ErrorCode.ROOM_LIMIT, "The room is being recorded already.");
        var change = new Change(room.with(
                new Recording(c.recordId(), c.by(), c.thirdId(), c.endType(), c.nodeUrl(), true, 0, c.silent())));
        if (!c.silent()) change.log(new RoomEvent.RoomUpdated(null, change.state.liveRecording()));
        return change.done();
    }

    static Decision stopRecording(RoomState room, RoomCommand.StopRecording c) {
        ErrorCode refusal = room.refusesControl(c.by(), c.recordId());
        if (refusal != null) return Decision.refuse(room, refusal);
        return new Change(room).stop(room.recordings().get(c.recordId())).done();
    }

    static Decision recordingProgress(RoomState room, RoomCommand.RecordingProgress c) {
        Recording recording = room.recordings().get(c.recordId());
        // Nothing follows a room's last event; what was missed is at the recorder's REST interface and in its callback.
        if (recording == null || room.ended() || c.seq() <= recording.seq()) return Decision.keep(room);
        boolean over = c.eventCode() == OVER
                || c.eventCode() == RESULT
                || c.eventCode() >= FAILURES && c.eventCode() < FAILURES_END;
        var change = new Change(room.with(recording.at(c.seq(), recording.live() && !over)));
        if (recording.live() && over && !recording.silent())
            change.log(new RoomEvent.RoomUpdated(null, change.state.liveRecording()));
        if (recording.silent() && recording.starterId().isEmpty()) return change.done(); // nobody may know
        return change.log(
                        new RoomEvent.RecordingChanged(
                                c.recordId(),
                                recording.thirdId(),
                                c.eventCode(),
                                c.message(),
                                c.feedId().isEmpty() ? null : c.feedId()),
                        Change.starterOrAll(recording.starterId()))
                .done();
    }

    /** The call goes on, and everybody in it is told: nobody of them asked for the recording, so nobody else would hear of it. */
    static Decision autoRecordFailed(RoomState room, RoomCommand.AutoRecordFailed c) {
        if (room.ended()) return Decision.keep(room);
        return new Change(room)
                .log(new RoomEvent.RecordingChanged("", "", NOT_BEGUN, c.message(), null))
                .done();
    }

    static Decision startPlayback(RoomState room, RoomCommand.StartPlayback c, RoomLimits limits) {
        if (room.ended()) return Decision.refuse(room, ErrorCode.ROOM_ENDED);
        if (!c.by().isEmpty() && room.participant(c.by()) == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        if (room.playbacks().containsKey(c.vodId())) return Decision.keep(room);
        if (room.playbacks().size() >= limits.playbacksMax()) return Decision.refuse(room, ErrorCode.ROOM_LIMIT);
        var player = new Participant(
                c.participantId(),
                "vod-" + c.vodId(),
                "Playback",
                Role.GUEST,
                ParticipantKind.PLAYBACK,
                ServiceState.PRESENT,
                "vod",
                false,
                Json.NULL,
                c.nowMs(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var playback = new Playback(c.vodId(), c.by(), c.participantId(), c.feedId(), c.nodeUrl());
        return new Change(room.with(player).with(playback))
                .log(new RoomEvent.ParticipantJoined(ParticipantView.of(player)))
                .done();
    }

    static Decision stopPlayback(RoomState room, RoomCommand.StopPlayback c) {
        Playback playback = room.playbacks().get(c.vodId());
        if (playback == null) return Decision.refuse(room, ErrorCode.PLAYBACK_NOT_FOUND);
        Participant p = room.participant(c.by());
        if (!c.by().isEmpty() && p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        if (p != null && !playback.starterId().equals(c.by()) && !p.role().moderates())
            return Decision.refuse(room, ErrorCode.NOT_ALLOWED);
        return new Change(room).endPlayback(playback, "over", "", c.nowMs()).done();
    }

    static Decision playbackProgress(RoomState room, RoomCommand.PlaybackProgress c) {
        Playback playback = room.playbacks().get(c.vodId());
        if (playback == null) return Decision.keep(room);
        if (!c.state().equals("playing"))
            return new Change(room)
                    .endPlayback(playback, c.state(), c.message(), c.nowMs())
                    .done();
        var change = new Change(room);
        Participant player = room.participant(playback.participantId());
        // Not before: who subscribes to a feed that the relay has no packet of is refused. May be told again.
        if (player.feed(playback.feedId()) == null) {
            Feed feed = playback.feed();
            change.state = room.with(player.publishing(List.of(feed), List.of()));
            change.log(new RoomEvent.FeedPublished(playback.participantId(), feed));
        }
        return change.log(
                        new RoomEvent.PlaybackChanged(
                                c.vodId(), playback.participantId(), playback.feedId(), "playing", c.message()),
                        Change.starterOrAll(playback.starterId()))
                .done();
    }
}
