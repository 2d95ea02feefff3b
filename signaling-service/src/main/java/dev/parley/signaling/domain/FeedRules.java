package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.TrackBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Publishing and receiving. A feed lives exactly as long as its publisher has it; a subscription exactly as long as both its ends. */
public final class FeedRules {
    private FeedRules() {}

    /** Which of the wanted feeds cannot be had, and why. The rest can be asked of the relay. */
    public static Map<String, ErrorCode> unavailable(RoomState room, String by, Set<String> feedIds) {
        var refused = new LinkedHashMap<String, ErrorCode>();
        for (String feedId : feedIds) {
            if (feedId.equals(FeedInfo.SPEAKER)) continue;
            Participant publisher = room.publisherOf(feedId);
            if (publisher == null) refused.put(feedId, ErrorCode.FEED_NOT_FOUND);
            else if (publisher.participantId().equals(by)) refused.put(feedId, ErrorCode.NOT_ALLOWED);
        }
        return refused;
    }

    static Decision publish(RoomState room, RoomCommand.Publish c, RoomLimits limits) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        for (Feed feed : p.feeds()) {
            if (feed.tag().equals(c.tag()) && feed.source() == c.source())
                return Decision.refuse(room, ErrorCode.FEED_EXISTS);
        }
        if (p.feeds().size() >= limits.feedsMax()) return Decision.refuse(room, ErrorCode.ROOM_LIMIT);
        boolean audio = false, video = false;
        for (TrackBinding track : c.tracks()) {
            if (track.kind() == MediaKind.AUDIO) audio = true;
            else video = true;
        }
        if (!audio && !video) return Decision.refuse(room, ErrorCode.SDP_INVALID, "No track of the feed was accepted.");
        boolean silenced = room.settings().guestsMuted() && !p.role().moderates();
        var feed = new Feed(c.feedId(), c.tag(), c.source(), audio, video, audio && silenced, false);
        var feeds = new ArrayList<>(p.feeds());
        feeds.add(feed);
        return new Change(room.with(p.publishing(feeds, join(p.up(), c.tracks()))))
                .log(new RoomEvent.FeedPublished(c.by(), feed))
                .done();
    }

    static Decision unpublish(RoomState room, RoomCommand.Unpublish c) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        if (p.feed(c.feedId()) == null) return Decision.refuse(room, ErrorCode.FEED_NOT_FOUND);
        return new Change(room).unpublish(c.by(), c.feedId()).done();
    }

    static Decision subscribe(RoomState room, RoomCommand.Subscribe c, RoomLimits limits) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        var live = new ArrayList<TrackBinding>();
        for (TrackBinding track : c.tracks()) {
            if (receivable(room, c.by(), track)) live.add(track);
        }
        Set<String> before = p.subscriptions();
        Participant after = p.receiving(join(p.down(), live));
        if (after.subscriptions().size() > limits.subscriptionsMax())
            return Decision.refuse(room, ErrorCode.ROOM_LIMIT);
        return difference(new Change(room.with(after)), c.by(), before, after.subscriptions())
                .done();
    }

    private static boolean receivable(RoomState room, String by, TrackBinding track) {
        if (track.feedId().equals(FeedInfo.SPEAKER)) return track.kind() == MediaKind.VIDEO;
        Participant publisher = room.publisherOf(track.feedId());
        return publisher != null && !publisher.participantId().equals(by);
    }

    static Decision unsubscribe(RoomState room, RoomCommand.Unsubscribe c) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        Participant after = p.notReceiving(c.feedIds());
        return difference(new Change(room.with(after)), c.by(), p.subscriptions(), after.subscriptions())
                .done();
    }

    static Decision rebind(RoomState room, RoomCommand.Rebind c) {
        Participant p = room.participant(c.by());
        if (p == null) return Decision.refuse(room, ErrorCode.NOT_IN_ROOM);
        var known = new ArrayList<TrackBinding>();
        if (c.direction() == Direction.DOWN) {
            for (TrackBinding track : c.tracks()) {
                if (receivable(room, c.by(), track)) known.add(track);
            }
            Participant after = p.receiving(known);
            return difference(new Change(room.with(after)), c.by(), p.subscriptions(), after.subscriptions())
                    .done();
        }
        var bound = new HashSet<String>();
        for (TrackBinding track : c.tracks()) {
            if (p.feed(track.feedId()) == null) continue;
            known.add(track);
            bound.add(track.feedId());
        }
        var change = new Change(room.with(p.publishing(p.feeds(), known)));
        for (Feed feed : p.feeds()) if (!bound.contains(feed.feedId())) change.unpublish(c.by(), feed.feedId());
        return change.done();
    }

    static Decision mute(RoomState room, RoomCommand.Mute c) {
        Participant publisher = room.publisherOf(c.feedId());
        if (publisher == null) return Decision.refuse(room, ErrorCode.FEED_NOT_FOUND);
        if (!publisher.participantId().equals(c.by())) {
            ErrorCode refusal = RoomRules.moderator(room, c.by());
            if (refusal != null) return Decision.refuse(room, refusal);
        }
        Feed before = publisher.feed(c.feedId());
        Feed after = before.muted(c.audio(), c.video());
        if (after.equals(before)) return Decision.keep(room);
        var feeds = new ArrayList<>(publisher.feeds());
        feeds.replaceAll(feed -> feed.feedId().equals(c.feedId()) ? after : feed);
        return new Change(room.with(publisher.publishing(feeds, publisher.up())))
                .log(new RoomEvent.FeedUpdated(
                        publisher.participantId(),
                        c.feedId(),
                        after.audioMuted() == before.audioMuted() ? null : (Boolean) after.audioMuted(),
                        after.videoMuted() == before.videoMuted() ? null : (Boolean) after.videoMuted()))
                .done();
    }

    /** The old bindings with the new ones; a mid that is bound anew loses its old meaning. */
    public static List<TrackBinding> join(List<TrackBinding> old, List<TrackBinding> added) {
        var mids = new HashSet<String>();
        for (TrackBinding track : added) mids.add(track.mid());
        var all = new ArrayList<TrackBinding>();
        for (TrackBinding track : old) if (!mids.contains(track.mid())) all.add(track);
        all.addAll(added);
        return all;
    }

    private static Change difference(Change change, String by, Set<String> before, Set<String> after) {
        var gone = new LinkedHashSet<>(before);
        gone.removeAll(after);
        var come = new LinkedHashSet<>(after);
        come.removeAll(before);
        for (String feedId : gone) change.log(new RoomEvent.Unsubscribed(by, feedId));
        for (String feedId : come) change.log(new RoomEvent.Subscribed(by, feedId));
        return change;
    }
}
