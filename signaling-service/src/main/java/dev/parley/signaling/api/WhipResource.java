package dev.parley.signaling.api;

import dev.parley.signaling.app.Settings;
import dev.parley.signaling.app.WhipService;
import dev.parley.signaling.app.WhipService.Opened;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * WHIP (RFC 9725) and WHEP. The relay is ICE-lite and its answer is whole, so there is no trickle: PATCH answers 405. Errors: TOKEN_INVALID,
 * NOT_ALLOWED, those of admission, SDP_INVALID, FEED_NOT_FOUND, MEDIA_UNAVAILABLE.
 */
@Path("/")
@RunOnVirtualThread
@Tag(name = "whip, whep")
public class WhipResource {
    private static final String SDP = "application/sdp";
    private static final int SDP_CHARS_MAX = 256 * 1024;

    private final RestCaller caller;
    private final WhipService whip;
    private final Settings settings;

    WhipResource(RestCaller caller, WhipService whip, Settings settings) {
        this.caller = caller;
        this.whip = whip;
        this.settings = settings;
    }

    @POST
    @Path("whip/{roomId}")
    @Consumes(SDP)
    @Operation(summary = "Opens a WHIP session with an SDP offer; Location is for DELETE")
    public Response publish(
            @PathParam("roomId") String roomId,
            @QueryParam("tag") @DefaultValue("whip") String tag,
            @QueryParam("rtoken") @DefaultValue("") String rtoken,
            String offer) {
        return created(
                "/whip/" + roomId,
                whip.publish(roomId, caller.user(), rtoken, Bad.text("tag", tag, 64), checked(offer)));
    }

    @POST
    @Path("whep/{roomId}")
    @Consumes(SDP)
    @Operation(summary = "Opens a WHEP session with an SDP offer; Location is for DELETE")
    public Response watch(
            @PathParam("roomId") String roomId,
            @QueryParam("feed") @DefaultValue("") String feed,
            @QueryParam("rtoken") @DefaultValue("") String rtoken,
            String offer) {
        return created(
                "/whep/" + roomId,
                whip.watch(roomId, caller.user(), rtoken, Bad.text("feed", feed, 64), checked(offer)));
    }

    @DELETE
    @Path("whip/{roomId}/{participantId}")
    @Operation(summary = "Ends a WHIP session")
    public void unpublish(@PathParam("roomId") String roomId, @PathParam("participantId") String participantId) {
        whip.end(roomId, participantId, caller.user());
    }

    @DELETE
    @Path("whep/{roomId}/{participantId}")
    @Operation(summary = "Ends a WHEP session")
    public void unwatch(@PathParam("roomId") String roomId, @PathParam("participantId") String participantId) {
        whip.end(roomId, participantId, caller.user());
    }

    /** RFC 9725 section 4.2: what may be posted, and the browser's preflight. */
    @OPTIONS
    @Path("whip/{rest: .+}")
    @Operation(hidden = true)
    public Response whipOptions() {
        return Response.noContent().header("Accept-Post", SDP).build();
    }

    @OPTIONS
    @Path("whep/{rest: .+}")
    @Operation(hidden = true)
    public Response whepOptions() {
        return whipOptions();
    }

    private static String checked(String offer) {
        if (offer == null || offer.isBlank()) throw Bad.request("the offer is missing");
        return Bad.text("offer", offer, SDP_CHARS_MAX);
    }

    private static Response created(String session, Opened opened) {
        return Response.created(URI.create(session + "/" + opened.participantId()))
                .type(SDP)
                .entity(opened.sdp())
                .build();
    }

    /** Pages of other origins may publish and watch; what lets them is the bearer token, never a cookie. */
    @ServerResponseFilter
    void crossOrigin(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        if (!path.matches("/?(whip|whep)/.*")) return;
        var headers = response.getHeaders();
        headers.putSingle("Access-Control-Allow-Origin", settings.whipOrigins());
        headers.putSingle("Access-Control-Allow-Methods", "POST, DELETE, OPTIONS");
        headers.putSingle("Access-Control-Allow-Headers", "Authorization, Content-Type");
        headers.putSingle("Access-Control-Expose-Headers", "Location, Link, Accept-Post");
        headers.putSingle("Access-Control-Max-Age", "86400");
    }
}
