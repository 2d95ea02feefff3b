package dev.parley.signaling.client;

import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import io.quarkus.rest.client.reactive.Url;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A relay's REST interface, as far as it is used here; the base comes from the room's placement. */
@Path("/v1")
@RegisterRestClient(configKey = "relay", baseUri = "http://placed.invalid")
@OidcClientFilter
interface RelayApi {
    @PUT
    @Path("rooms/{roomId}")
    void open(@Url String base, @PathParam("roomId") String roomId);

    @DELETE
    @Path("rooms/{roomId}")
    void close(@Url String base, @PathParam("roomId") String roomId);

    @PUT
    @Path("rooms/{roomId}/transports/{transportId}")
    NegotiateAnswer negotiate(
            @Url String base,
            @PathParam("roomId") String roomId,
            @PathParam("transportId") String transportId,
            NegotiateRequest request);

    @PATCH
    @Path("rooms/{roomId}/transports/{transportId}")
    void wish(
            @Url String base,
            @PathParam("roomId") String roomId,
            @PathParam("transportId") String transportId,
            SubscriberWishes wishes);

    @DELETE
    @Path("rooms/{roomId}/transports/{transportId}")
    void removeTransport(
            @Url String base, @PathParam("roomId") String roomId, @PathParam("transportId") String transportId);

    @PATCH
    @Path("rooms/{roomId}/feeds/{feedId}")
    void control(
            @Url String base,
            @PathParam("roomId") String roomId,
            @PathParam("feedId") String feedId,
            FeedControl control);

    @DELETE
    @Path("rooms/{roomId}/feeds/{feedId}")
    void endFeed(@Url String base, @PathParam("roomId") String roomId, @PathParam("feedId") String feedId);

    @POST
    @Path("rooms/{roomId}:vacate")
    void vacate(@Url String base, @PathParam("roomId") String roomId);

    @POST
    @Path("node:drain")
    void drain(@Url String base);
}
