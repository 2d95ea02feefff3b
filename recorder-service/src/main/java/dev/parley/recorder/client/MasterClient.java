package dev.parley.recorder.client;

import dev.parley.contracts.node.PlacementView;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Master's placements. */
@RegisterRestClient(configKey = "master")
@OidcClientFilter
public interface MasterClient {
    /** Where the room's media lives; moves it when its node is lost. Safe to repeat. */
    @PUT
    @Path("/v1/rooms/{roomId}/placement")
    PlacementView place(@PathParam("roomId") String roomId);
}
