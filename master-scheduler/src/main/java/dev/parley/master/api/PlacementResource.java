package dev.parley.master.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.node.PlacementView;
import dev.parley.master.domain.Placer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Which relay a room's media lives on. Errors: NO_NODE, ROOM_NOT_FOUND, BAD_REQUEST. */
@Path("/v1/rooms/{roomId}/placement")
@RolesAllowed(TokenClaims.SERVICE)
@RunOnVirtualThread
public class PlacementResource {
    private final Placer placer;
    private final Time time;

    PlacementResource(Placer placer, Time time) {
        this.placer = placer;
        this.time = time;
    }

    /** Places the room, or moves it when its relay is lost or drains and another takes it; else answers where it is. Any number of callers get the same answer. */
    @PUT
    public PlacementView place(
            @PathParam("roomId")
                    @Size(max = 64)
                    @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
                    String roomId) {
        return placer.place(roomId, time.nowMs());
    }

    /** Where it was placed last, also when that relay is lost. */
    @GET
    public PlacementView get(
            @PathParam("roomId")
                    @Size(max = 64)
                    @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
                    String roomId) {
        return placer.find(roomId).orElseThrow(() -> new RefusedException(ErrorCode.ROOM_NOT_FOUND));
    }

    /** The room is over. Safe to repeat. */
    @DELETE
    public void remove(
            @PathParam("roomId")
                    @Size(max = 64)
                    @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
                    String roomId) {
        placer.remove(roomId);
    }
}
