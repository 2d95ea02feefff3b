package dev.parley.signaling.api;

import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.signaling.app.RecordingService;
import dev.parley.signaling.app.RecordingService.Started;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.store.RoomStore.Step;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recordings for business servers. Errors: TOKEN_INVALID, NOT_ALLOWED, ROOM_NOT_FOUND, ROOM_LIMIT, the RECORDING codes, NO_NODE, MEDIA_UNAVAILABLE. */
@Path("/v1")
@RunOnVirtualThread
@Tag(name = "recordings")
@Produces(MediaType.APPLICATION_JSON)
public class RecordingResource {
    private final RestCaller caller;
    private final RoomService rooms;
    private final RecordingService recordings;

    RecordingResource(RestCaller caller, RoomService rooms, RecordingService recordings) {
        this.caller = caller;
        this.rooms = rooms;
        this.recordings = recordings;
    }

    public record StartRequest(RecordParam param, String thirdId, String filePath) {}

    @POST
    @Path("rooms/{roomId}/recordings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Starts recording a room; it ends when asked to or with the room")
    public Started start(@PathParam("roomId") String roomId, StartRequest request) {
        caller.mustHave(Scope.RECORD).mayRule(rooms.get(roomId));
        var wanted = request == null
                ? new RecordingService.Wanted(null, "", "")
                : new RecordingService.Wanted(
                        request.param,
                        Bad.text("thirdId", request.thirdId, 128),
                        Bad.text("filePath", request.filePath, 512));
        return recordings.start(roomId, "", wanted, Step.NONE);
    }

    @POST
    @Path("recordings/{recordId}:stop")
    @Operation(summary = "Stops a recording")
    public void stop(@PathParam("recordId") String recordId) {
        caller.mustHave(Scope.RECORD);
        String roomId = recordings
                .view(caller.trusted() ? null : caller.user().bizName(), recordId)
                .roomId();
        caller.mayRule(rooms.get(roomId));
        recordings.stop(roomId, "", recordId);
    }

    @GET
    @Path("recordings/{recordId}")
    @Operation(summary = "One recording, as the recorder tells it")
    public RecordingView get(@PathParam("recordId") String recordId) {
        caller.mustHave(Scope.RECORD);
        return recordings.view(caller.trusted() ? null : caller.user().bizName(), recordId);
    }
}
