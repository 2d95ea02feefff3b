package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.room.RoomOverview;
import dev.parley.signaling.app.RecordingService;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.EndReason;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Rooms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rooms for business servers and operators. Errors: TOKEN_INVALID, NOT_ALLOWED, ROOM_NOT_FOUND, ROOM_ENDED, NAME_TAKEN, BAD_REQUEST, ROOM_LIMIT, NO_NODE, MEDIA_UNAVAILABLE. */
@Path("/v1/rooms")
@RunOnVirtualThread
@Tag(name = "rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomResource {
    private static final int CAPACITY_DEFAULT = 50;
    private final RestCaller caller;
    private final RoomService rooms;
    private final Rooms store;
    private final Settings settings;
    private final Clock clock;

    private final RecordingService recordings;

    RoomResource(
            RestCaller caller,
            RoomService rooms,
            Rooms store,
            Settings settings,
            Clock clock,
            RecordingService recordings) {
        this.recordings = recordings;
        this.caller = caller;
        this.rooms = rooms;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param bizName for services and administrators; others' rooms belong to their token's application */
    public record CreateRoom(
            String roomId,
            String name,
            Integer capacity,
            String pin,
            Boolean record,
            Boolean endWhenEmpty,
            String bizName,
            String ownerUid) {}

    public record RoomCreated(String roomId, String rtoken) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Creates a room; its creator enters as host")
    public RoomCreated create(CreateRoom request) {
        caller.mustHave(Scope.MODERATE);
        if (request == null) throw Bad.request("the body is missing");
        String roomId = Bad.text("roomId", request.roomId, 64);
        Identity user = caller.trusted() ? null : caller.user();
        if (user != null && !user.room().isEmpty()) {
            if (roomId.isEmpty()) roomId = user.room();
            if (!roomId.equals(user.room())) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        }
        RoomState made = rooms.create(
                        new RoomService.NewRoom(
                                roomId,
                                Bad.text("name", request.name, 128),
                                Bad.number(
                                        "capacity",
                                        request.capacity,
                                        CAPACITY_DEFAULT,
                                        1,
                                        settings.limits().capacityMax()),
                                Bad.text("pin", request.pin, 64),
                                Boolean.TRUE.equals(request.record),
                                Boolean.TRUE.equals(request.endWhenEmpty),
                                caller.application(Bad.text("bizName", request.bizName, 128)),
                                user == null ? Bad.text("ownerUid", request.ownerUid, 256) : user.uid()),
                        Step.NONE)
                .after();
        return new RoomCreated(made.roomId(), made.info().rtoken());
    }

    @GET
    @Operation(summary = "Rooms of the caller's application that are not over, 200 at most")
    public List<Snapshot> list(@QueryParam("bizName") String bizName) {
        caller.mustHave(Scope.MODERATE);
        return store.living(caller.application(bizName)).stream()
                .filter(room -> caller.trusted()
                        || caller.user().room().isEmpty()
                        || caller.user().room().equals(room.roomId()))
                .map(room -> Snapshot.of(room, "", settings))
                .toList();
    }

    @GET
    @Path("{roomId}")
    @Operation(summary = "One room at this moment")
    public Snapshot get(@PathParam("roomId") String roomId) {
        caller.mustHave(Scope.MODERATE);
        return Snapshot.of(caller.mayRule(rooms.get(roomId)), "", settings);
    }

    @POST
    @Path("{roomId}:end")
    @Operation(summary = "Ends a room; safe to repeat")
    public void end(@PathParam("roomId") String roomId) {
        caller.mustHave(Scope.MODERATE).mayRule(rooms.get(roomId));
        rooms.execute(roomId, new RoomCommand.End("", EndReason.ENDED, clock.millis()));
    }

    @POST
    @Path("{roomId}/participants/{participantId}:kick")
    @Operation(summary = "Takes a participant out")
    public void kick(@PathParam("roomId") String roomId, @PathParam("participantId") String participantId) {
        caller.mustHave(Scope.MODERATE).mayRule(rooms.get(roomId));
        rooms.execute(roomId, new RoomCommand.Kick("", participantId, clock.millis()));
    }

    public record StartRequest(RecordParam param, String thirdId, String filePath, String name) {}

    @POST
    @Path("{roomId}/recordings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Starts recording a room; it ends when asked to or with the room")
    public RecordingService.Started record(@PathParam("roomId") String roomId, StartRequest request) {
        caller.mustHave(Scope.RECORD).mustRuleOrBeNamed(roomId).mayRule(rooms.get(roomId));
        var wanted = request == null
                ? new RecordingService.Wanted(null, "", "", "")
                : new RecordingService.Wanted(
                        request.param,
                        Bad.text("thirdId", request.thirdId, 128),
                        Bad.text("filePath", request.filePath, 512),
                        Bad.text("name", request.name, 256));
        return recordings.start(roomId, "", wanted, Step.NONE);
    }

    @GET
    @Path("{roomId}/overview")
    @Operation(summary = "One room at this moment, as operators see it; for services")
    public RoomOverview overview(@PathParam("roomId") String roomId) {
        caller.mustBeService();
        RoomState room = rooms.get(roomId);
        if (room.ended()) throw new RefusedException(ErrorCode.ROOM_ENDED);
        return RoomSearchResource.overview(room);
    }

    /** Null leaves a track as it is. */
    public record MuteRequest(Boolean audio, Boolean video) {}

    @POST
    @Path("{roomId}/feeds/{feedId}:mute")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Mutes or unmutes sound or picture of somebody's feed; for services")
    public void mute(@PathParam("roomId") String roomId, @PathParam("feedId") String feedId, MuteRequest request) {
        caller.mustBeService();
        if (request == null) throw Bad.request("the body is missing");
        rooms.execute(roomId, new RoomCommand.Mute("", feedId, request.audio, request.video));
    }
}
