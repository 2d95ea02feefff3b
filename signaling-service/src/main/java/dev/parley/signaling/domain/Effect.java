package dev.parley.signaling.domain;

import java.util.ArrayList;
import java.util.List;

/** What a decision asks of the services that do the work, once it is committed. Read off the difference of two states, so that no rule can forget it. */
public sealed interface Effect {
    /** Both transports of one who left. */
    record ReleaseTransports(MediaPlace media, String participantId) implements Effect {}

    record EndFeed(MediaPlace media, String feedId) implements Effect {}

    record MuteFeed(MediaPlace media, String feedId, boolean audio, boolean video) implements Effect {}

    record StopRecording(Recording recording) implements Effect {}

    record StopPlayback(Playback playback) implements Effect {}

    /** The application wants every call recorded and the first feed is there. */
    record AutoRecord() implements Effect {}

    /** The room's media is not needed any more. */
    record ReleaseMedia(MediaPlace media) implements Effect {}

    /** In the order in which they are to be done. */
    static List<Effect> of(RoomState before, RoomState after) {
        var effects = new ArrayList<Effect>();
        for (Playback p : before.playbacks().values()) {
            if (!after.playbacks().containsKey(p.vodId())) effects.add(new StopPlayback(p));
        }
        for (Recording r : before.recordings().values()) {
            Recording now = after.recordings().get(r.recordId());
            // One that ended by the recorder's own word (its seq moved) needs no stop.
            if (r.live() && now != null && !now.live() && now.seq() == r.seq()) effects.add(new StopRecording(r));
        }
        if (after.ended()) {
            if (!before.ended() && before.media().isSet()) effects.add(new ReleaseMedia(before.media()));
            return effects;
        }
        for (Participant p : before.participants().values()) {
            Participant now = after.participant(p.participantId());
            if (now == null) {
                if (before.media().isSet() && p.kind() != ParticipantKind.PLAYBACK)
                    effects.add(new ReleaseTransports(before.media(), p.participantId()));
                continue;
            }
            for (Feed feed : p.feeds()) {
                Feed feedNow = now.feed(feed.feedId());
                if (feedNow == null) effects.add(new EndFeed(before.media(), feed.feedId()));
                else if (feedNow.audioMuted() != feed.audioMuted() || feedNow.videoMuted() != feed.videoMuted())
                    effects.add(new MuteFeed(after.media(), feed.feedId(), feedNow.audioMuted(), feedNow.videoMuted()));
            }
        }
        if (after.settings().autoRecord() && after.recordings().isEmpty() && !hasFeed(before) && hasFeed(after))
            effects.add(new AutoRecord());
        return effects;
    }

    private static boolean hasFeed(RoomState room) {
        for (Participant p : room.participants().values()) if (!p.feeds().isEmpty()) return true;
        return false;
    }
}
