package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.RoomTokenRequest;
import dev.parley.signaling.app.Ids;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Accounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens for tools such as OBS and FFmpeg. Errors: TOKEN_INVALID, NOT_ALLOWED, NAME_TAKEN, APPLICATION_NOT_FOUND, BAD_REQUEST. */
@Path("/v1/tool-tokens")
@Tag(name = "whip, whep")
public class ToolTokenResource {
    private static final int TTL_SECONDS = 86_400;
    private static final int CAPACITY = 50;

    private final RestCaller caller;
    private final RoomService rooms;
    private final Accounts accounts;

    ToolTokenResource(RestCaller caller, RoomService rooms, Accounts accounts) {
        this.caller = caller;
        this.rooms = rooms;
        this.accounts = accounts;
    }

    /** @param bizName absent or "" = the suite's demo application */
    public record ToolTokenRequest(String room, boolean publish, boolean subscribe, String bizName) {}

    public record ToolToken(String token, String whip, String whep) {}

    @POST
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A bearer token for WHIP and WHEP in one room, which is created when it is new; good for a day")
    public ToolToken make(ToolTokenRequest request, @Context UriInfo uri) {
        caller.mustBeTrusted();
        if (request == null) throw Bad.request("the body is missing");
        String room = Bad.text("room", request.room, 64);
        if (room.isEmpty()) throw Bad.request("room is missing");
        if (!request.publish && !request.subscribe) throw Bad.request("publish or subscribe must be true");
        String bizName = caller.application(Bad.text("bizName", request.bizName, 128));
        createIfNew(room, bizName);
        var token = accounts.roomToken(new RoomTokenRequest(
                bizName,
                Ids.make("tool"),
                "Tool",
                room,
                "guest",
                request.publish,
                request.subscribe,
                false,
                false,
                TTL_SECONDS));
        String base = uri.getBaseUri().toString();
        return new ToolToken(token.token(), base + "whip/" + room, base + "whep/" + room);
    }

    private void createIfNew(String room, String bizName) {
        try {
            rooms.create(new RoomService.NewRoom(room, "", CAPACITY, "", false, false, bizName, ""), Step.NONE);
        } catch (RefusedException e) {
            if (e.code != ErrorCode.NAME_TAKEN) throw e;
            try {
                rooms.get(room, bizName);
            } catch (RefusedException _) {
                throw e; // another application has it
            }
        }
    }
}
