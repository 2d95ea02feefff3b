package dev.parley.signaling.api;

import dev.parley.contracts.recording.RecordingView;
import dev.parley.signaling.app.RecordingService;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
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

    RecordingResource(RestCaller caller, RoomService rooms, RecordingService recordings) {
        this.caller = caller;
        this.rooms = rooms;
        this.recordings = recordings;
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
