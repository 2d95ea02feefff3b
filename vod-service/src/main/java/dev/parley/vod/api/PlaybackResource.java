package dev.parley.vod.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.playback.PlaybackView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.vod.domain.Playback;
import dev.parley.vod.player.Playbacks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Playing files into rooms. For services only. */
@Path("/v1/playbacks")
@RolesAllowed("service")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "playbacks")
public class PlaybackResource {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int TIMEOUT_SECONDS_MAX = 60;
    private static final int TEXT_CHARS_MAX = 128;

    private final Playbacks playbacks;

    PlaybackResource(Playbacks playbacks) {
        this.playbacks = playbacks;
    }

    /** Errors: BAD_REQUEST, PLAYBACK_FILE, NO_NODE, UNAVAILABLE. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Starts a playback; idempotent per vodId",
            description = "Answers before the first packet; playing, over and failed come on playback.events.")
    public PlaybackView start(StartPlayback request) {
        check(request);
        return playbacks.start(request).view();
    }

    /** Safe to repeat. Errors: PLAYBACK_NOT_FOUND. */
    @POST
    @Path("{vodId}:stop")
    @Operation(summary = "Ends a playback; its feed leaves the room")
    public PlaybackView stop(@PathParam("vodId") String vodId) {
        return playbacks.stop(vodId).view();
    }

    /** The same for clients that percent-encode the colon. */
    @POST
    @Path("{vodId}%3Astop")
    @Operation(hidden = true)
    public PlaybackView stopEncoded(@PathParam("vodId") String vodId) {
        return stop(vodId);
    }

    /** Errors: PLAYBACK_NOT_FOUND. */
    @GET
    @Path("{vodId}")
    @Operation(summary = "One playback")
    public PlaybackView get(@PathParam("vodId") String vodId) {
        return playbacks.find(vodId).view();
    }

    @GET
    @Operation(summary = "The newest 100 playbacks of a room, newest first")
    public List<PlaybackView> ofRoom(@QueryParam("roomId") String roomId) {
        text("roomId", roomId);
        return playbacks.ofRoom(roomId).stream().map(Playback::view).toList();
    }

    private static void check(StartPlayback request) {
        if (request == null) throw bad("The body is missing.");
        if (request.vodId() == null || !ID.matcher(request.vodId()).matches())
            throw bad("vodId: 1 to 64 of A-Z a-z 0-9 _ -.");
        text("roomId", request.roomId());
        if (request.timeoutSeconds() < 1 || request.timeoutSeconds() > TIMEOUT_SECONDS_MAX)
            throw bad("timeoutSeconds: 1 to 60.");
        if (request.feed() == null) throw bad("feed: is missing.");
        text("feed.feedId", request.feed().feedId());
        text("feed.participantId", request.feed().participantId());
        var relay = request.relay();
        if (relay == null
                || relay.media() == null
                || relay.media().host() == null
                || relay.media().fingerprint() == null)
            throw bad("relay.media: host, port and fingerprint are needed.");
        if (relay.media().port() < 1 || relay.media().port() > 65_535) throw bad("relay.media.port: 1 to 65535.");
        if (!relay.media().fingerprint().matches("[0-9a-fA-F]{64}"))
            throw bad("relay.media.fingerprint: 64 hex digits.");
        text("relay.nodeId", relay.nodeId());
        text("relay.bootId", relay.bootId());
    }

    private static void text(String name, String value) {
        if (value == null || value.isEmpty() || value.length() > TEXT_CHARS_MAX)
            throw bad(name + ": 1 to 128 characters.");
    }

    private static RefusedException bad(String detail) {
        return new RefusedException(ErrorCode.BAD_REQUEST, detail);
    }
}
