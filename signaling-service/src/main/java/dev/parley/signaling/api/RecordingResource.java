package dev.parley.signaling.api;

import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.signaling.app.RecordingArchive;
import dev.parley.signaling.app.RecordingService;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.port.Workers.RecordingQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recordings for business servers. Errors: TOKEN_INVALID, NOT_ALLOWED, ROOM_NOT_FOUND, ROOM_LIMIT, the RECORDING codes, NO_NODE, MEDIA_UNAVAILABLE. */
@Path("/v1/recordings")
@RunOnVirtualThread
@Tag(name = "recordings")
@Produces(MediaType.APPLICATION_JSON)
public class RecordingResource {
    private final RestCaller caller;
    private final RoomService rooms;
    private final RecordingService recordings;
    private final RecordingArchive archive;

    RecordingResource(RestCaller caller, RoomService rooms, RecordingService recordings, RecordingArchive archive) {
        this.caller = caller;
        this.rooms = rooms;
        this.recordings = recordings;
        this.archive = archive;
    }

    @GET
    @Operation(summary = "Recordings, newest first: one's own, with scope moderate those of the application")
    public RecordingPage list(
            @QueryParam("bizName") @DefaultValue("") @Size(max = 64) String bizName,
            @QueryParam("roomId") @DefaultValue("") @Size(max = 64) String roomId,
            @QueryParam("starterUid") @DefaultValue("") @Size(max = 256) String starterUid,
            @QueryParam("name") @DefaultValue("") @Size(max = 256) String name,
            @QueryParam("fromMs") @DefaultValue("0") @Min(0) long fromMs,
            @QueryParam("toMs") @DefaultValue("0") @Min(0) long toMs,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("size") @DefaultValue("100") @Min(1) @Max(1_000) int size) {
        caller.mustHave(Scope.RECORD);
        return archive.list(
                caller.trusted() ? null : caller.user(),
                new RecordingQuery(bizName, roomId, starterUid, name, fromMs, toMs, page, size));
    }

    @DELETE
    @Path("{recordId}")
    @Operation(summary = "Deletes a recording that is over, with its files")
    public void delete(@PathParam("recordId") String recordId) {
        caller.mustHave(Scope.RECORD);
        archive.delete(caller.trusted() ? null : caller.user(), List.of(recordId));
    }

    @POST
    @Path("{recordId}:stop")
    @Operation(summary = "Stops a recording")
    public void stop(@PathParam("recordId") String recordId) {
        recordings.stop(ruled(recordId), "", recordId);
    }

    /** The recording's room. Over the socket its starter may stop it, too; here nobody can tell who that is. */
    private String ruled(String recordId) {
        caller.mustHave(Scope.RECORD).mustRuleOrBeNamed("");
        String roomId = recordings
                .view(caller.trusted() ? null : caller.user().bizName(), recordId)
                .roomId();
        caller.mayRule(rooms.get(roomId));
        return roomId;
    }

    @POST
    @Path("{recordId}:pause")
    @Operation(summary = "Pauses a recording: nothing more is taken until it is resumed")
    public void pause(@PathParam("recordId") String recordId) {
        recordings.pause(ruled(recordId), "", recordId);
    }

    @POST
    @Path("{recordId}:resume")
    @Operation(summary = "Goes on with a paused recording")
    public void resume(@PathParam("recordId") String recordId) {
        recordings.resume(ruled(recordId), "", recordId);
    }

    @GET
    @Path("{recordId}")
    @Operation(summary = "One recording, as the recorder tells it")
    public RecordingView get(@PathParam("recordId") String recordId) {
        caller.mustHave(Scope.RECORD);
        return recordings.view(caller.trusted() ? null : caller.user().bizName(), recordId);
    }
}
