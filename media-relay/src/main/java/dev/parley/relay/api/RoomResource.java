package dev.parley.relay.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.media.TrackBinding;
import dev.parley.relay.domain.RoomDebug;
import dev.parley.relay.domain.RoomStats;
import dev.parley.relay.rooms.RelayRooms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** Rooms, transports and feeds of this relay, for signaling. Each call waits for the room's media loop, so on a virtual thread. */
@Path("/v1/rooms")
@RolesAllowed(TokenClaims.SERVICE)
@RunOnVirtualThread
public class RoomResource {
    private static final String ID = "[\\x21-\\x7e]{1,128}";
    private static final int SDP_CHARS_MAX = 256 * 1024;
    private static final int TRACKS_MAX = 512;

    private final RelayRooms rooms;

    RoomResource(RelayRooms rooms) {
        this.rooms = rooms;
    }

    /** Opens the room; safe to repeat. Errors: NO_NODE while draining. */
    @PUT
    @Path("{roomId}")
    public void open(@PathParam("roomId") @Pattern(regexp = ID) String roomId) {
        rooms.open(roomId);
    }

    /** Ends all media of the room. Errors: RELAY_ROOM_NOT_FOUND. */
    @DELETE
    @Path("{roomId}")
    public void close(@PathParam("roomId") String roomId) {
        rooms.close(roomId);
    }

    /** The room has another place: ends here when nobody receives any more. Safe to repeat. Errors: RELAY_ROOM_NOT_FOUND. */
    @POST
    @Path("{roomId}:vacate")
    public void vacate(@PathParam("roomId") String roomId) {
        rooms.vacate(roomId);
    }

    /** Ids of the open rooms. */
    @GET
    public List<String> list() {
        return rooms.list();
    }

    /** Errors: RELAY_ROOM_NOT_FOUND. */
    @GET
    @Path("{roomId}/stats")
    public RoomStats stats(@PathParam("roomId") String roomId) {
        return rooms.stats(roomId);
    }

    /** Why each subscriber gets what he gets, for people. Errors: RELAY_ROOM_NOT_FOUND. */
    @GET
    @Path("{roomId}/debug")
    public RoomDebug debug(@PathParam("roomId") String roomId) {
        return rooms.debug(roomId);
    }

    /** Answers a complete offer; makes, changes, restarts or replaces the transport. Errors: SDP_INVALID, BAD_REQUEST, NO_NODE, ROOM_LIMIT. */
    @PUT
    @Path("{roomId}/transports/{transportId}")
    public NegotiateAnswer negotiate(
            @PathParam("roomId") @Pattern(regexp = ID) String roomId,
            @PathParam("transportId") @Pattern(regexp = ID) String transportId,
            @NotNull NegotiateRequest request) {
        return rooms.negotiate(roomId, transportId, checked(request));
    }

    /** How a subscriber wants feeds. Errors: BAD_REQUEST, RELAY_ROOM_NOT_FOUND, TRANSPORT_NOT_FOUND. */
    @PATCH
    @Path("{roomId}/transports/{transportId}")
    public void wish(
            @PathParam("roomId") String roomId,
            @PathParam("transportId") String transportId,
            @NotNull SubscriberWishes wishes) {
        checked(wishes.feeds());
        need(
                wishes.cameras() == null || within(wishes.cameras(), SubscriberWishes.COUNT_MAX),
                "cameras: 0 to " + SubscriberWishes.COUNT_MAX + ".");
        need(
                wishes.voices() == null || within(wishes.voices(), SubscriberWishes.COUNT_MAX),
                "voices: 0 to " + SubscriberWishes.COUNT_MAX + ".");
        rooms.wish(roomId, transportId, wishes);
    }

    /** Closes a transport; what it published ends. Errors: RELAY_ROOM_NOT_FOUND, TRANSPORT_NOT_FOUND. */
    @DELETE
    @Path("{roomId}/transports/{transportId}")
    public void deleteTransport(@PathParam("roomId") String roomId, @PathParam("transportId") String transportId) {
        rooms.deleteTransport(roomId, transportId);
    }

    /** Mutes or unmutes. Errors: RELAY_ROOM_NOT_FOUND, FEED_NOT_FOUND. */
    @PATCH
    @Path("{roomId}/feeds/{feedId}")
    public void control(
            @PathParam("roomId") String roomId, @PathParam("feedId") String feedId, @NotNull FeedControl control) {
        rooms.control(roomId, feedId, control);
    }

    /** Ends a feed whoever publishes it. Errors: RELAY_ROOM_NOT_FOUND, FEED_NOT_FOUND. */
    @DELETE
    @Path("{roomId}/feeds/{feedId}")
    public void removeFeed(@PathParam("roomId") String roomId, @PathParam("feedId") String feedId) {
        rooms.removeFeed(roomId, feedId);
    }

    private static NegotiateRequest checked(NegotiateRequest r) {
        need(r.participantId() != null && !r.participantId().isEmpty(), "participantId is missing.");
        need(r.direction() != null, "direction: up or down.");
        if (r.sdp() == null || r.sdp().isBlank()) throw new RefusedException(ErrorCode.SDP_INVALID, "sdp is missing.");
        if (r.sdp().length() > SDP_CHARS_MAX)
            throw new RefusedException(ErrorCode.SDP_INVALID, "sdp is longer than 256 KiB.");
        List<FeedInfo> feeds = r.feeds() == null ? List.of() : r.feeds();
        List<TrackBinding> tracks = r.tracks() == null ? List.of() : r.tracks();
        need(tracks.size() <= TRACKS_MAX, "tracks: at most " + TRACKS_MAX + ".");
        for (TrackBinding t : tracks)
            need(
                    t != null && t.mid() != null && t.feedId() != null && t.kind() != null,
                    "tracks: mid, feedId and kind are needed.");
        for (FeedInfo f : feeds)
            need(
                    f != null && f.feedId() != null && f.participantId() != null,
                    "feeds: feedId and participantId are needed.");
        return new NegotiateRequest(
                r.participantId(),
                r.direction(),
                r.sdp(),
                feeds.stream().map(RoomResource::filled).toList(),
                tracks,
                r.clientAddress() == null ? "" : r.clientAddress(),
                checked(r.wishes()));
    }

    private static List<FeedWish> checked(List<FeedWish> wishes) {
        if (wishes == null) return List.of();
        need(wishes.size() <= TRACKS_MAX, "wishes: at most " + TRACKS_MAX + ".");
        for (FeedWish w : wishes) {
            need(w != null && w.feedId() != null, "wishes: feedId is needed.");
            need(
                    within(w.maxWidth(), FeedWish.PIXELS_MAX) && within(w.maxHeight(), FeedWish.PIXELS_MAX),
                    "wishes: maxWidth and maxHeight are 0 to " + FeedWish.PIXELS_MAX + ".");
            need(within(w.size(), FeedWish.SIZE_MAX), "wishes: size is 0 to " + FeedWish.SIZE_MAX + ".");
            need(
                    within(w.priority(), FeedWish.PRIORITY_MAX),
                    "wishes: priority is 0 to " + FeedWish.PRIORITY_MAX + ".");
        }
        return wishes;
    }

    private static boolean within(int value, int most) {
        return value >= 0 && value <= most;
    }

    private static FeedInfo filled(FeedInfo f) {
        return new FeedInfo(
                f.feedId(), f.participantId(), text(f.uid()), text(f.displayName()), text(f.tag()), text(f.source()));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static void need(boolean holds, String detail) {
        if (!holds) throw new RefusedException(ErrorCode.BAD_REQUEST, detail);
    }
}
