package dev.parley.signaling.api.ws;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.media.Direction;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.signaling.app.MediaService;
import dev.parley.signaling.app.MediaService.Mids;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishing and receiving. */
@ApplicationScoped
class MediaRequests {
    /** As the relay's own limit. */
    private static final int SDP_CHARS_MAX = 256 * 1024;
    /** RFC 8843 section 7.1 lets a mid be any token; browsers' have a few characters. */
    private static final int MID_CHARS_MAX = 32;

    private static final int TRACKS_MAX = 512;
    /** The relay's own announced addresses are right. */
    private static final String ANNOUNCED = "";

    private final MediaService media;
    private final RoomService rooms;

    MediaRequests(MediaService media, RoomService rooms) {
        this.media = media;
        this.rooms = rooms;
    }

    private record Refused(String feedId, int code, String error) {}

    private record Negotiated(String sdp, List<Refused> refused) {}

    private record Sdp(String sdp) {
        static Sdp of(String sdp) {
            return new Sdp(sdp.isEmpty() ? null : sdp);
        }
    }

    Answer publish(Connection c, Fields data) {
        Place at = Place.of(c);
        Place.need(c.session().who(), Scope.PUBLISH);
        Mids mids = mids(data);
        return Answer.of(media.publish(
                at.roomId(),
                at.me(),
                data.optionalText("tag", 64),
                data.choice("source", Source.class, Source.CAMERA),
                mids,
                data.text("sdp", SDP_CHARS_MAX),
                ANNOUNCED,
                Place.step(c, data)));
    }

    Answer unpublish(Connection c, Fields data) {
        Place at = Place.of(c);
        return Answer.of(Sdp.of(media.unpublish(
                at.roomId(),
                at.me(),
                data.text("feedId", 64),
                data.optionalText("sdp", SDP_CHARS_MAX),
                ANNOUNCED,
                Place.step(c, data))));
    }

    Answer subscribe(Connection c, Fields data) {
        Place at = Place.of(c);
        Place.need(c.session().who(), Scope.SUBSCRIBE);
        var wanted = new LinkedHashMap<String, Mids>();
        List<FeedWish> wishes = data.objects("subscriptions", TRACKS_MAX, item -> {
            wanted.put(item.text("feedId", 64), mids(item));
            return wish(item);
        });
        var subscribed = media.subscribe(
                at.roomId(), at.me(), wanted, wishes, data.text("sdp", SDP_CHARS_MAX), ANNOUNCED, Place.step(c, data));
        return Answer.of(new Negotiated(subscribed.sdp(), refused(subscribed.refused())));
    }

    private static List<Refused> refused(Map<String, ErrorCode> codes) {
        var refused = new ArrayList<Refused>();
        codes.forEach((feedId, code) -> refused.add(new Refused(feedId, code.number, code.name())));
        return refused;
    }

    Answer unsubscribe(Connection c, Fields data) {
        Place at = Place.of(c);
        return Answer.of(Sdp.of(media.unsubscribe(
                at.roomId(),
                at.me(),
                data.texts("feedIds", 64, TRACKS_MAX),
                data.optionalText("sdp", SDP_CHARS_MAX),
                ANNOUNCED,
                Place.step(c, data))));
    }

    Answer renegotiate(Connection c, Fields data) {
        Place at = Place.of(c);
        Direction direction =
                switch (data.text("direction", 8)) {
                    case "up" -> Direction.UP;
                    case "down" -> Direction.DOWN;
                    default -> throw Fields.bad("direction is none of up, down");
                };
        List<TrackBinding> tracks = data.objects(
                "tracks",
                TRACKS_MAX,
                item -> new TrackBinding(
                        item.text("mid", MID_CHARS_MAX),
                        item.text("feedId", 64),
                        switch (item.text("kind", 8)) {
                            case "audio" -> MediaKind.AUDIO;
                            case "video" -> MediaKind.VIDEO;
                            default -> throw Fields.bad("tracks.kind is none of audio, video");
                        }));
        List<FeedWish> wishes = data.objects("wishes", TRACKS_MAX, MediaRequests::wish);
        var answer = media.renegotiate(
                at.roomId(), at.me(), direction, tracks, wishes, data.text("sdp", SDP_CHARS_MAX), ANNOUNCED);
        return Answer.of(new Negotiated(answer.sdp(), refused(answer.refused())));
    }

    Answer wish(Connection c, Fields data) {
        Place at = Place.of(c);
        Place.need(c.session().who(), Scope.SUBSCRIBE);
        media.wish(
                at.roomId(),
                at.me(),
                new SubscriberWishes(
                        data.objects("wishes", TRACKS_MAX, MediaRequests::wish),
                        count(data, "cameras"),
                        count(data, "voices")));
        return Answer.DONE;
    }

    private static Integer count(Fields data, String name) {
        return data.has(name) ? data.number(name, 0, 0, SubscriberWishes.COUNT_MAX) : null;
    }

    private static FeedWish wish(Fields item) {
        FeedWish none = FeedWish.none(item.text("feedId", 64));
        return new FeedWish(
                none.feedId(),
                item.number("maxWidth", none.maxWidth(), 0, FeedWish.PIXELS_MAX),
                item.number("maxHeight", none.maxHeight(), 0, FeedWish.PIXELS_MAX),
                item.number("size", none.size(), 0, FeedWish.SIZE_MAX),
                item.number("priority", none.priority(), 0, FeedWish.PRIORITY_MAX));
    }

    Answer mute(Connection c, Fields data) {
        Place at = Place.of(c);
        rooms.execute(
                at.roomId(),
                new RoomCommand.Mute(
                        at.me(), data.text("feedId", 64), data.optionalFlag("audio"), data.optionalFlag("video")),
                Place.step(c, data));
        return Answer.DONE;
    }

    private static Mids mids(Fields data) {
        var mids = new Mids(data.optionalText("audioMid", MID_CHARS_MAX), data.optionalText("videoMid", MID_CHARS_MAX));
        if (mids.audioMid().isEmpty() && mids.videoMid().isEmpty())
            throw Fields.bad("audioMid and videoMid are missing: at least one is needed");
        if (mids.audioMid().equals(mids.videoMid())) throw Fields.bad("audioMid and videoMid are the same");
        return mids;
    }
}
