package dev.parley.signaling.domain;

import dev.parley.signaling.domain.RoomCommand.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One decision in the making: the state so far and the events so far. Lives for one call of the rules; not for sharing. */
final class Change {
    RoomState state;
    private final List<Logged> events = new ArrayList<>();

    Change(RoomState state) {
        this.state = state;
    }

    Change log(RoomEvent event) {
        return log(event, Audience.ALL);
    }

    Change log(RoomEvent event, Audience audience) {
        long seq = state.seq() + 1;
        state = state.withSeq(seq);
        events.add(new Logged(seq, event, audience));
        return this;
    }

    Decision done() {
        return new Decision(state, List.copyOf(events), null, null);
    }

    /**
     * Takes a participant out: first its feeds, then its subscriptions, then itself, so that the others see things end from the inside
     * out. Recordings that end with it and files that it plays are stopped.
     */
    Change leave(String participantId, LeaveReason reason, long nowMs) {
        // As it is now: what went before in this change may have ended feeds that it received.
        Participant gone = state.participant(participantId);
        for (Feed feed : gone.feeds()) unpublish(gone.participantId(), feed.feedId());
        for (String feedId : gone.subscriptions()) log(new RoomEvent.Unsubscribed(gone.participantId(), feedId));
        state = state.without(gone.participantId());
        log(RoomEvent.ParticipantLeft.of(gone, reason));
        for (Recording r : state.recordings().values()) {
            if (r.live() && r.endType() == 0 && r.starterId().equals(gone.participantId())) stop(r);
        }
        for (Playback p : state.playbacks().values()) {
            if (p.starterId().equals(gone.participantId())) endPlayback(p, "over", "", nowMs);
        }
        if (!state.ended() && state.headcount() == 0) state = state.withEmptySince(nowMs);
        return this;
    }

    /** Ends a feed and everybody's subscription to it; the one push tells both. */
    Change unpublish(String participantId, String feedId) {
        Participant publisher = state.participant(participantId);
        var feeds = new ArrayList<>(publisher.feeds());
        feeds.removeIf(feed -> feed.feedId().equals(feedId));
        state = state.with(publisher.publishing(feeds, Participant.without(publisher.up(), Set.of(feedId))));
        for (Participant p : state.participants().values()) {
            if (p.subscriptions().contains(feedId)) state = state.with(p.notReceiving(Set.of(feedId)));
        }
        return log(new RoomEvent.FeedUnpublished(participantId, feedId));
    }

    Change stop(Recording recording) {
        state = state.with(recording.stopped());
        if (recording.silent()) return this;
        return log(new RoomEvent.RoomUpdated(null, state.liveRecording()));
    }

    Change endPlayback(Playback playback, String how, String message, long nowMs) {
        state = state.withoutPlayback(playback.vodId());
        Participant player = state.participant(playback.participantId());
        if (player != null)
            leave(player.participantId(), how.equals("failed") ? LeaveReason.LOST : LeaveReason.LEFT, nowMs);
        return log(
                new RoomEvent.PlaybackChanged(
                        playback.vodId(), playback.participantId(), playback.feedId(), how, message),
                starterOrAll(playback.starterId()));
    }

    /** Everybody out, then the room's last event. */
    Change end(End end) {
        for (Recording r : state.recordings().values()) if (r.live()) stop(r);
        for (Playback p : List.copyOf(state.playbacks().values())) {
            if (state.playbacks().containsKey(p.vodId())) endPlayback(p, "over", "", end.nowMs());
        }
        for (String participantId : List.copyOf(state.participants().keySet()))
            leave(participantId, LeaveReason.ENDED, end.nowMs());
        state = state.withPhase(Phase.ENDED, state.startedAtMs()).withEmptySince(0);
        return log(new RoomEvent.RoomEnded(end.reason()));
    }

    static Audience starterOrAll(String starterId) {
        return starterId.isEmpty() ? Audience.ALL : new Audience.Only(Set.of(starterId));
    }
}
