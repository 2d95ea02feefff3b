package dev.parley.signaling.api;

import dev.parley.contracts.room.RoomOverview;
import dev.parley.signaling.domain.Feed;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.port.Rooms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Rooms of all applications, for services: whose rooms somebody may see is decided by account. Errors: TOKEN_INVALID, NOT_ALLOWED, BAD_REQUEST. */
@Path("/v1/rooms:search")
@RunOnVirtualThread
@Tag(name = "rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomSearchResource {
    private static final int NAMES_MAX = 10_000;

    private final RestCaller caller;
    private final Rooms store;

    RoomSearchResource(RestCaller caller, Rooms store) {
        this.caller = caller;
        this.store = store;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Rooms that are not over, 200 at most; for services")
    public List<RoomOverview> search(RoomOverview.Search request) {
        caller.mustBeService();
        if (request == null) throw Bad.request("the body is missing");
        if (request.bizNames() != null && request.bizNames().size() > NAMES_MAX)
            throw Bad.request("bizNames: at most " + NAMES_MAX);
        return store.living(request.bizNames()).stream()
                .map(RoomSearchResource::overview)
                .toList();
    }

    static RoomOverview overview(RoomState room) {
        var info = room.info();
        return new RoomOverview(
                room.roomId(),
                info.meetingCode(),
                info.bizName(),
                room.settings().name(),
                info.ownerUid(),
                room.settings().capacity(),
                room.settings().locked(),
                info.createdAtMs(),
                room.startedAtMs(),
                info.rtoken(),
                room.liveRecording(),
                room.media().nodeId(),
                room.media().url(),
                room.participants().values().stream()
                        .map(RoomSearchResource::person)
                        .toList());
    }

    private static RoomOverview.Person person(Participant p) {
        return new RoomOverview.Person(
                p.participantId(),
                p.uid(),
                p.displayName(),
                p.role().wire(),
                p.kind().wire(),
                p.state().wire(),
                p.joinedAtMs(),
                p.feeds().stream().map(RoomSearchResource::stream).toList());
    }

    private static RoomOverview.Stream stream(Feed f) {
        return new RoomOverview.Stream(
                f.feedId(), f.tag(), f.source().wire(), f.audio(), f.video(), f.audioMuted(), f.videoMuted());
    }
}
