package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.signaling.domain.Feed;
import dev.parley.signaling.domain.FeedRules;
import dev.parley.signaling.domain.MediaPlace;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.RoomRules;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Source;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Media;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publishing and receiving: first the rules are asked, then the relay, then it is committed. So a subscriber never hears of a feed that the
 * relay does not have, and a relay that refuses leaves no trace in the room. SDP passes through and is not kept.
 */
@ApplicationScoped
public class MediaService {
    private final RoomService rooms;
    private final Media media;
    private final RoomLimits limits;
    private final Documents documents;

    MediaService(RoomService rooms, Media media, RoomLimits limits, Documents documents) {
        this.rooms = rooms;
        this.media = media;
        this.limits = limits;
        this.documents = documents;
    }

    public record FeedMade(String feedId) {}

    public record Published(String feedId, String sdp) {}

    /** @param refused feeds that could not be had, and why; when receiving only */
    public record Renegotiated(String sdp, Map<String, ErrorCode> refused) {}

    /** @param refused feeds that could not be had, and why */
    public record Subscribed(String sdp, Map<String, ErrorCode> refused) {}

    /** Mids may be "" when the feed has no such track. */
    public record Mids(String audioMid, String videoMid) {
        List<TrackBinding> of(String feedId) {
            var tracks = new ArrayList<TrackBinding>(2);
            if (!audioMid.isEmpty()) tracks.add(new TrackBinding(audioMid, feedId, MediaKind.AUDIO));
            if (!videoMid.isEmpty()) tracks.add(new TrackBinding(videoMid, feedId, MediaKind.VIDEO));
            return tracks;
        }
    }

    public Published publish(
            String roomId, String by, String tag, Source source, Mids mids, String sdp, String address, Step step) {
        String feedId = Ids.make("f");
        RoomState room = rooms.get(roomId);
        var command = new RoomCommand.Publish(by, feedId, tag, source, mids.of(feedId));
        var dry = RoomRules.decide(room, command, limits);
        // A repeated request finds its own feed; whether it is one only the transaction knows.
        if (dry.refused() && !(dry.refusal() == ErrorCode.FEED_EXISTS && step.key() != null)) dry.orThrow();
        if (dry.refused()) {
            String made = documents
                    .read(rooms.execute(roomId, command, step).repeated(), FeedMade.class)
                    .feedId();
            return new Published(made, again(roomId, by, made, mids, sdp, address));
        }
        Participant after = dry.next().participant(by);
        NegotiateAnswer answer = negotiate(room, after, Direction.UP, after.up(), sdp, address);
        List<TrackBinding> accepted =
                answer.tracks().stream().filter(t -> t.feedId().equals(feedId)).toList();
        var outcome = rooms.execute(
                roomId,
                new RoomCommand.Publish(by, feedId, tag, source, accepted),
                step.answering(_ -> new FeedMade(feedId)));
        silence(outcome.after(), by);
        return new Published(feedId, answer.sdp());
    }

    /** A publish that was done before, with the offer of a newer connection. */
    private String again(String roomId, String by, String feedId, Mids mids, String sdp, String address) {
        Participant p = rooms.get(roomId).participant(by);
        return renegotiate(roomId, by, Direction.UP, FeedRules.join(p.up(), mids.of(feedId)), List.of(), sdp, address)
                .sdp();
    }

    /** @param sdp "" = the connection stays as it is; the relay ends the feed all the same. Returns the answer, or "" */
    public String unpublish(String roomId, String by, String feedId, String sdp, String address, Step step) {
        RoomState room = rooms.get(roomId);
        RoomState after = rooms.execute(roomId, new RoomCommand.Unpublish(by, feedId), step)
                .after();
        if (sdp.isEmpty()) return "";
        Participant p = after.participant(by);
        return p == null
                ? ""
                : negotiate(room, p, Direction.UP, p.up(), sdp, address).sdp();
    }

    /** @param wanted mids by feed id; may be empty: then the answer is about what there is; @param wishes how he wants them */
    public Subscribed subscribe(
            String roomId,
            String by,
            Map<String, Mids> wanted,
            List<FeedWish> wishes,
            String sdp,
            String address,
            Step step) {
        RoomState room = rooms.get(roomId);
        if (room.participant(by) == null) throw new RefusedException(ErrorCode.NOT_IN_ROOM);
        var refused = new LinkedHashMap<>(FeedRules.unavailable(room, by, wanted.keySet()));
        var tracks = new ArrayList<TrackBinding>();
        wanted.forEach((feedId, mids) -> {
            if (!refused.containsKey(feedId)) tracks.addAll(mids.of(feedId));
        });
        var dry = RoomRules.decide(room, new RoomCommand.Subscribe(by, tracks), limits)
                .orThrow();
        Participant after = dry.next().participant(by);
        NegotiateAnswer answer = negotiate(room, after, Direction.DOWN, after.down(), wishes, sdp, address);
        var accepted = new LinkedHashSet<>(answer.tracks());
        tracks.removeIf(track -> !accepted.contains(track));
        for (String feedId : wanted.keySet()) {
            if (tracks.stream().noneMatch(t -> t.feedId().equals(feedId)))
                refused.putIfAbsent(feedId, ErrorCode.FEED_NOT_FOUND);
        }
        if (!tracks.isEmpty()) rooms.execute(roomId, new RoomCommand.Subscribe(by, tracks), step);
        return new Subscribed(answer.sdp(), refused);
    }

    public String unsubscribe(String roomId, String by, Set<String> feedIds, String sdp, String address, Step step) {
        RoomState after = rooms.execute(roomId, new RoomCommand.Unsubscribe(by, feedIds), step)
                .after();
        Participant p = after.participant(by);
        if (p == null) return "";
        return sdp.isEmpty()
                ? ""
                : negotiate(after, p, Direction.DOWN, p.down(), sdp, address).sdp();
    }

    /**
     * The whole meaning of one connection anew; bindings of what is gone or was never there are dropped. After the room's media has moved a
     * subscriber may be faster than the publisher: then the relay does not have the feed yet, and it is refused as not found.
     */
    public Renegotiated renegotiate(
            String roomId,
            String by,
            Direction direction,
            List<TrackBinding> tracks,
            List<FeedWish> wishes,
            String sdp,
            String address) {
        RoomState room = rooms.get(roomId);
        var dry = RoomRules.decide(room, new RoomCommand.Rebind(by, direction, tracks), limits)
                .orThrow();
        Participant after = dry.next().participant(by);
        NegotiateAnswer answer = negotiate(room, after, direction, after.bindings(direction), wishes, sdp, address);
        var accepted = new LinkedHashSet<>(answer.tracks());
        var outcome = rooms.execute(
                roomId,
                new RoomCommand.Rebind(
                        by,
                        direction,
                        after.bindings(direction).stream()
                                .filter(accepted::contains)
                                .toList()));
        if (direction == Direction.UP) {
            silence(outcome.after(), by);
            return new Renegotiated(answer.sdp(), Map.of());
        }
        var wanted = new LinkedHashSet<String>();
        for (TrackBinding track : tracks) wanted.add(track.feedId());
        var refused = new LinkedHashMap<>(FeedRules.unavailable(room, by, wanted));
        wanted.removeAll(outcome.after().participant(by).subscriptions());
        for (String feedId : wanted) refused.putIfAbsent(feedId, ErrorCode.FEED_NOT_FOUND);
        return new Renegotiated(answer.sdp(), refused);
    }

    /** How a participant wants the feeds that he receives, from now on. The relay keeps it, and forgets it with his connection. */
    public void wish(String roomId, String by, SubscriberWishes wishes) {
        RoomState room = rooms.get(roomId);
        if (room.participant(by) == null) throw new RefusedException(ErrorCode.NOT_IN_ROOM);
        String transport = Participant.transportId(by, Direction.DOWN);
        media.wish(rooms.place(room), roomId, transport, wishes);
    }

    private NegotiateAnswer negotiate(
            RoomState room, Participant p, Direction direction, List<TrackBinding> tracks, String sdp, String address) {
        return negotiate(room, p, direction, tracks, List.of(), sdp, address);
    }

    private NegotiateAnswer negotiate(
            RoomState room,
            Participant p,
            Direction direction,
            List<TrackBinding> tracks,
            List<FeedWish> wishes,
            String sdp,
            String address) {
        var feeds = new ArrayList<FeedInfo>();
        if (direction == Direction.UP) for (Feed feed : p.feeds()) feeds.add(p.info(feed));
        var request = new NegotiateRequest(p.participantId(), direction, sdp, feeds, tracks, address, wishes);
        String transport = Participant.transportId(p.participantId(), direction);
        MediaPlace place = rooms.place(room);
        try {
            return media.negotiate(place, room.roomId(), transport, request);
        } catch (RefusedException e) {
            boolean lost = e.code == ErrorCode.RELAY_ROOM_NOT_FOUND
                    || e.code == ErrorCode.MEDIA_UNAVAILABLE
                    || e.code == ErrorCode.NO_NODE;
            if (!lost) throw e;
            // The relay was started anew, is away, or drains and has let go of the room: master knows, and moves it.
            return media.negotiate(rooms.placeAnew(room.roomId()), room.roomId(), transport, request);
        }
    }

    /** A relay knows nothing of what was muted before a feed came to it. */
    private void silence(RoomState room, String by) {
        Participant p = room.participant(by);
        if (p == null) return;
        for (Feed feed : p.feeds()) {
            if (feed.audioMuted() || feed.videoMuted())
                media.control(
                        room.media(),
                        room.roomId(),
                        feed.feedId(),
                        new FeedControl(feed.audioMuted(), feed.videoMuted()));
        }
    }
}
