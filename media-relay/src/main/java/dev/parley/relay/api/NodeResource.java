package dev.parley.relay.api;

import dev.parley.contracts.account.TokenClaims;
import dev.parley.relay.rooms.RelayRooms;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** This copy of the relay, for master and operators. */
@Path("/v1")
public class NodeResource {
    /** @param draining takes no new room; @param rooms that are still open */
    public record NodeState(boolean draining, int rooms) {}

    private final RelayRooms rooms;

    NodeResource(RelayRooms rooms) {
        this.rooms = rooms;
    }

    /** Takes no new room from now on; the next heartbeat says so. Rooms that are here go on until they end or are moved. Safe to repeat. */
    @POST
    @Path("node:drain")
    @RolesAllowed(TokenClaims.SERVICE)
    public NodeState drain() {
        rooms.drain();
        return new NodeState(true, rooms.size());
    }
}
