package dev.parley.signaling.client;

import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.node.PlacementView;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The master's REST interface, as far as it is used here. */
@Path("/v1")
@RegisterRestClient(configKey = "master")
@OidcClientFilter
interface MasterApi {
    @PUT
    @Path("rooms/{roomId}/placement")
    PlacementView place(@PathParam("roomId") String roomId);

    @DELETE
    @Path("rooms/{roomId}/placement")
    void release(@PathParam("roomId") String roomId);

    @GET
    @Path("nodes")
    List<NodeView> nodes();

    @POST
    @Path("nodes:pick")
    NodeView pick(@QueryParam("kind") NodeKind kind);
}
