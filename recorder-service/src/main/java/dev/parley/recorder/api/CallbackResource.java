package dev.parley.recorder.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.recording.CallbackView;
import dev.parley.recorder.domain.CallbackHistory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/** What business servers were told of a recording, for the other services. Errors: NOT_FOUND, UNAVAILABLE. */
@Path("/v1/recordings/{id}/callbacks")
@RolesAllowed(TokenClaims.SERVICE)
@RunOnVirtualThread
public class CallbackResource {
    private final CallbackHistory history;

    CallbackResource(CallbackHistory history) {
        this.history = history;
    }

    @GET
    public List<CallbackView> list(@PathParam("id") @Size(max = 64) String id) {
        return history.of(id);
    }

    /** Tells it again now, whatever became of it. */
    @POST
    @Path("{bizRequestId}:replay")
    public void replay(
            @PathParam("id") @Size(max = 64) String id,
            @PathParam("bizRequestId") @Size(max = 64) String bizRequestId) {
        if (!history.replay(id, bizRequestId, System.currentTimeMillis()))
            throw new RefusedException(ErrorCode.NOT_FOUND, "The recording has no such callback.");
    }
}
