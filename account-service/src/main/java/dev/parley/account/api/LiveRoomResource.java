package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Peers;
import dev.parley.account.domain.Peers.Peer;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.room.RoomOverview;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Rooms that run now, for the console. Errors: ROOM_NOT_FOUND, ROOM_ENDED, PARTICIPANT_NOT_FOUND, FEED_NOT_FOUND, UNAVAILABLE when the
 * signaling service is away.
 */
@Path("/v1/console/rooms")
@RunOnVirtualThread
public class LiveRoomResource {
    private static final int ID_MAX = 128;

    /** {@code joinable}: {@link #join} has somewhere to send people. */
    public record RoomView(
            String roomId,
            String meetingCode,
            String bizName,
            String name,
            String ownerUid,
            int capacity,
            boolean locked,
            long createdAtMs,
            long startedAtMs,
            String recordId,
            String nodeId,
            boolean joinable,
            List<RoomOverview.Person> people) {}

    /** {@code media}: RoomStats of the relay (media-relay), empty while no relay has the room or it does not answer. */
    public record RoomNow(RoomView room, Map<?, ?> media) {}

    public record JoinLink(String url) {}

    /** Null leaves a track as it is. */
    public record Mute(Boolean audio, Boolean video) {}

    private final LiveRooms rooms;
    private final Peers peers;
    private final Audit audit;
    private final Settings settings;

    LiveRoomResource(LiveRooms rooms, Peers peers, Audit audit, Settings settings) {
        this.rooms = rooms;
        this.peers = peers;
        this.audit = audit;
        this.settings = settings;
    }

    /** Newest first, 200 at most. */
    @GET
    @Needs(Operation.READ_ROOMS)
    public List<RoomView> list() {
        return rooms.list().stream()
                .sorted(Comparator.comparingLong(RoomOverview::createdAtMs).reversed())
                .map(this::view)
                .toList();
    }

    @GET
    @Path("{roomId}")
    @Needs(Operation.READ_ROOMS)
    public RoomNow get(@PathParam("roomId") @Size(max = ID_MAX) String roomId) {
        var room = rooms.get(roomId);
        return new RoomNow(view(room), media(room));
    }

    @POST
    @Path("{roomId}:end")
    @Needs(Operation.MODERATE_ROOM)
    public void end(@PathParam("roomId") @Size(max = ID_MAX) String roomId) {
        ask(roomId, ":end", null);
    }

    @POST
    @Path("{roomId}/participants/{participantId}:kick")
    @Needs(Operation.MODERATE_ROOM)
    public void kick(
            @PathParam("roomId") @Size(max = ID_MAX) String roomId,
            @PathParam("participantId") @Size(max = ID_MAX) String participantId) {
        ask(roomId, "/participants/" + LiveRooms.segment(participantId) + ":kick", null);
    }

    @POST
    @Path("{roomId}/feeds/{feedId}:mute")
    @Needs(Operation.MODERATE_ROOM)
    public void mute(
            @PathParam("roomId") @Size(max = ID_MAX) String roomId,
            @PathParam("feedId") @Size(max = ID_MAX) String feedId,
            @NotNull Mute request) {
        ask(roomId, "/feeds/" + LiveRooms.segment(feedId) + ":mute", request);
    }

    /** An address that opens the call page in the room. What lets in stands behind the #, so it reaches no server's log. Errors: NOT_FOUND without a call page. */
    @POST
    @Path("{roomId}:join")
    @Needs(Operation.MODERATE_ROOM)
    public JoinLink join(@PathParam("roomId") @Size(max = ID_MAX) String roomId) {
        var room = rooms.get(roomId);
        String web = settings.webUrl()
                .filter(url -> !url.isBlank())
                .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "PARLEY_WEB_URL is not set."));
        return new JoinLink(web + "?room=" + LiveRooms.segment(room.roomId()) + "&biz="
                + LiveRooms.segment(room.bizName()) + "#rtoken=" + LiveRooms.segment(room.rtoken()));
    }

    private void ask(String roomId, String what, Object body) {
        var room = rooms.get(roomId);
        audit.target("room " + room.roomId() + " of " + room.bizName());
        peers.ask(Peer.SIGNALING, "POST", LiveRooms.path(roomId) + what, body, Void.class);
    }

    private Map<?, ?> media(RoomOverview room) {
        if (room.relay().isEmpty()) return Map.of();
        try {
            return peers.askNode(room.relay(), LiveRooms.path(room.roomId()) + "/stats", Map.class);
        } catch (RefusedException e) {
            return Map.of(); // the room is there without it: between two relays, or with nothing published
        }
    }

    private RoomView view(RoomOverview r) {
        return new RoomView(
                r.roomId(),
                r.meetingCode(),
                r.bizName(),
                r.name(),
                r.ownerUid(),
                r.capacity(),
                r.locked(),
                r.createdAtMs(),
                r.startedAtMs(),
                r.recordId(),
                r.nodeId(),
                settings.webUrl().filter(url -> !url.isBlank()).isPresent(),
                r.people());
    }
}
