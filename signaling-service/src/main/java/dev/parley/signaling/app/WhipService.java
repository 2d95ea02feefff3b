package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.media.MediaKind;
import dev.parley.signaling.app.MediaService.Mids;
import dev.parley.signaling.domain.Feed;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Json;
import dev.parley.signaling.domain.LeaveReason;
import dev.parley.signaling.domain.OfferLine;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.ParticipantKind;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Source;
import dev.parley.signaling.domain.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * WHIP (RFC 9725) and WHEP: participants by one HTTP request, without a session or socket. They go through the same admission as everybody and
 * live as long as their relay transport does.
 */
@ApplicationScoped
public class WhipService {
    private static final String ANNOUNCED = "";
    /** How long a viewer of "the first feed to come" waits for it, and how often it looks, milliseconds. */
    private static final long FIRST_FEED_MS = 20_000;

    private static final long LOOK_EVERY_MS = 200;

    private final RoomService rooms;
    private final MediaService media;
    private final Clock clock;

    WhipService(RoomService rooms, MediaService media, Clock clock) {
        this.rooms = rooms;
        this.media = media;
        this.clock = clock;
    }

    public record Opened(String participantId, String sdp) {}

    public Opened publish(String roomId, Identity who, String rtoken, String tag, String offer) {
        need(who, Scope.PUBLISH);
        Mids mids = mids(offer);
        String me = join(roomId, who, rtoken, ParticipantKind.WHIP);
        try {
            var published = media.publish(roomId, me, tag, Source.CAMERA, mids, offer, ANNOUNCED, Step.NONE);
            return new Opened(me, published.sdp());
        } catch (RuntimeException e) {
            leave(roomId, me);
            throw e;
        }
    }

    /** @param feedId "" = the room's first feed, or the first to come within {@link #FIRST_FEED_MS}. Errors: FEED_NOT_FOUND */
    public Opened watch(String roomId, Identity who, String rtoken, String feedId, String offer) {
        need(who, Scope.SUBSCRIBE);
        Mids mids = mids(offer);
        String me = join(roomId, who, rtoken, ParticipantKind.WHEP);
        try {
            String wanted = feedId.isEmpty() ? firstFeed(roomId) : feedId;
            var subscribed = media.subscribe(roomId, me, Map.of(wanted, mids), List.of(), offer, ANNOUNCED, Step.NONE);
            if (!subscribed.refused().isEmpty())
                throw new RefusedException(subscribed.refused().get(wanted));
            return new Opened(me, subscribed.sdp());
        } catch (RuntimeException e) {
            leave(roomId, me);
            throw e;
        }
    }

    /** Errors: PARTICIPANT_NOT_FOUND; NOT_ALLOWED when it is somebody else's. */
    public void end(String roomId, String participantId, Identity who) {
        RoomState room = rooms.get(roomId, who.bizName());
        Participant p = room.participant(participantId);
        if (p == null || !p.kind().livesByTransport()) throw new RefusedException(ErrorCode.PARTICIPANT_NOT_FOUND);
        if (!p.uid().equals(who.uid()) && !who.may(Scope.MODERATE)) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        leave(roomId, participantId);
    }

    private String join(String roomId, Identity who, String rtoken, ParticipantKind kind) {
        String me = Ids.make(kind.idPrefix());
        rooms.execute(roomId, new RoomCommand.Join(who, me, kind, kind.wire(), rtoken, "", Json.NULL, clock.millis()));
        return me;
    }

    private void leave(String roomId, String participantId) {
        rooms.executeIfThere(roomId, new RoomCommand.Leave(participantId, LeaveReason.LEFT, clock.millis()));
    }

    private String firstFeed(String roomId) {
        long until = clock.millis() + FIRST_FEED_MS;
        while (true) {
            for (Participant p : rooms.get(roomId).participants().values())
                for (Feed feed : p.feeds()) return feed.feedId();
            if (clock.millis() >= until)
                throw new RefusedException(ErrorCode.FEED_NOT_FOUND, "Nobody publishes in the room.");
            try {
                Thread.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RefusedException(ErrorCode.UNAVAILABLE);
            }
        }
    }

    private static Mids mids(String offer) {
        var lines = OfferLine.of(offer);
        var mids = new Mids(OfferLine.first(lines, MediaKind.AUDIO), OfferLine.first(lines, MediaKind.VIDEO));
        if (mids.audioMid().isEmpty() && mids.videoMid().isEmpty())
            throw new RefusedException(ErrorCode.SDP_INVALID, "The offer has no audio or video line with a mid.");
        return mids;
    }

    private static void need(Identity who, Scope scope) {
        if (!who.may(scope))
            throw new RefusedException(ErrorCode.NOT_ALLOWED, "The token lacks the scope " + scope.wire() + ".");
    }
}
