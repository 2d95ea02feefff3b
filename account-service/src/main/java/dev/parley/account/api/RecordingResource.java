package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Peers;
import dev.parley.account.domain.Peers.Peer;
import dev.parley.account.domain.Permissions.Reach;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.recording.CallbackView;
import dev.parley.contracts.recording.RecordingCheck;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.RecordingView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Map;

/**
 * Recordings, for the console. Errors: RECORDING_NOT_FOUND (also for those of other companies), RECORDING_STATE, NOT_FOUND, UNAVAILABLE when
 * the recorder or the object store is away.
 */
@Path("/v1/console/recordings")
@RunOnVirtualThread
public class RecordingResource {
    private static final int ID_MAX = 64;
    private static final List<String> PASSED_ON = List.of("Content-Length", "Content-Range", "Accept-Ranges", "ETag");

    /** Without addresses of the object store: those are for whoever holds them. */
    public record RecordingLine(
            String recordId,
            String roomId,
            String bizName,
            RecordingState state,
            long createdAtMs,
            long startedAtMs,
            long durationMs,
            long sizeBytes,
            int mediaType,
            int eventCode,
            String message,
            String starterUid,
            String name,
            int progress,
            String fileName) {}

    public record RecordingLines(List<RecordingLine> recordings, long total) {}

    private final Peers peers;
    private final LiveRooms rooms;
    private final Caller caller;
    private final Audit audit;

    RecordingResource(Peers peers, LiveRooms rooms, Caller caller, Audit audit) {
        this.peers = peers;
        this.rooms = rooms;
        this.caller = caller;
        this.audit = audit;
    }

    /** Newest first. {@code bizName} is needed by those who do not see all. Errors: BAD_REQUEST. */
    @GET
    @Needs(Operation.READ_RECORDINGS)
    public RecordingLines list(
            @QueryParam("bizName") @DefaultValue("") @Size(max = 64) String bizName,
            @QueryParam("roomId") @DefaultValue("") @Size(max = 64) String roomId,
            @QueryParam("name") @DefaultValue("") @Size(max = 256) String name,
            @QueryParam("page") @DefaultValue("0") @Min(0) @Max(1_000_000) int page,
            @QueryParam("pageSize") @DefaultValue("20") @Min(1) @Max(100) int pageSize) {
        if (bizName.isEmpty() && caller.reach() != Reach.ALL)
            throw new RefusedException(ErrorCode.BAD_REQUEST, "bizName: is needed.");
        if (!bizName.isEmpty() && !rooms.sees(bizName)) throw new RefusedException(ErrorCode.APPLICATION_NOT_FOUND);
        String query = "?bizName=" + LiveRooms.segment(bizName) + "&roomId=" + LiveRooms.segment(roomId) + "&name="
                + LiveRooms.segment(name) + "&page=" + page + "&size=" + pageSize;
        var found = ask("GET", query, RecordingPage.class);
        return new RecordingLines(
                found.recordings().stream().map(RecordingResource::line).toList(), found.total());
    }

    @GET
    @Path("{id}")
    @Needs(Operation.READ_RECORDINGS)
    public RecordingLine get(@PathParam("id") @Size(max = ID_MAX) String id) {
        return line(find(id));
    }

    /** For good. Errors: RECORDING_STATE unless it is over. */
    @DELETE
    @Path("{id}")
    @Needs(Operation.CHANGE_RECORDING)
    public void delete(@PathParam("id") @Size(max = ID_MAX) String id) {
        change("DELETE", find(id), "");
    }

    @POST
    @Path("{id}:stop")
    @Needs(Operation.CHANGE_RECORDING)
    public void stop(@PathParam("id") @Size(max = ID_MAX) String id) {
        change("POST", find(id), ":stop");
    }

    /** Compares the files with the signed manifest. */
    @POST
    @Path("{id}:verify")
    @Needs(Operation.READ_RECORDINGS)
    public RecordingCheck verify(@PathParam("id") @Size(max = ID_MAX) String id) {
        return ask("POST", path(find(id).recordId()) + ":verify", RecordingCheck.class);
    }

    /** Parts of it by {@code Range}, so that a player can jump. {@code download}: to be kept, not to be played. */
    @GET
    @Path("{id}/file")
    @Needs(Operation.READ_RECORDINGS)
    public Response file(
            @PathParam("id") @Size(max = ID_MAX) String id,
            @HeaderParam("Range") @Pattern(regexp = "bytes=[0-9]*-[0-9]*") String range,
            @QueryParam("download") @DefaultValue("false") boolean download) {
        var recording = find(id);
        if (recording.fileUrl().isEmpty()) throw new RefusedException(ErrorCode.NOT_FOUND, "The film is not made yet.");
        var film = peers.fetch(recording.fileUrl(), range);
        StreamingOutput body = out -> {
            try (var content = film.content()) {
                content.transferTo(out);
            }
        };
        var answer = Response.status(film.status())
                .entity(body)
                .type(fileName(recording).endsWith(".flv") ? "video/x-flv" : "video/mp4");
        film.headers().forEach((name, values) -> {
            if (PASSED_ON.stream().anyMatch(name::equalsIgnoreCase)) answer.header(name, values.getFirst());
        });
        if (download) answer.header("Content-Disposition", "attachment; filename=\"" + fileName(recording) + "\"");
        return answer.build();
    }

    /** The signed manifest, for {@code ./parley verify}. */
    @GET
    @Path("{id}/manifest")
    @Needs(Operation.READ_RECORDINGS)
    public Map<?, ?> manifest(@PathParam("id") @Size(max = ID_MAX) String id) {
        return ask("GET", path(find(id).recordId()) + "/manifest", Map.class);
    }

    @GET
    @Path("{id}/callbacks")
    @Needs(Operation.READ_RECORDINGS)
    public List<CallbackView> callbacks(@PathParam("id") @Size(max = ID_MAX) String id) {
        return List.of(ask("GET", path(find(id).recordId()) + "/callbacks", CallbackView[].class));
    }

    @POST
    @Path("{id}/callbacks/{bizRequestId}:replay")
    @Needs(Operation.CHANGE_RECORDING)
    public void replay(
            @PathParam("id") @Size(max = ID_MAX) String id,
            @PathParam("bizRequestId") @Size(max = ID_MAX) String bizRequestId) {
        change("POST", find(id), "/callbacks/" + LiveRooms.segment(bizRequestId) + ":replay");
    }

    private RecordingView find(String id) {
        var recording = ask("GET", path(id), RecordingView.class);
        if (!rooms.sees(recording.bizName())) throw new RefusedException(ErrorCode.RECORDING_NOT_FOUND);
        return recording;
    }

    private void change(String method, RecordingView recording, String what) {
        audit.target("recording " + recording.recordId() + " of " + recording.bizName());
        ask(method, path(recording.recordId()) + what, Void.class);
    }

    private <T> T ask(String method, String what, Class<T> answer) {
        return peers.ask(Peer.RECORDER, method, "/v1/recordings" + what, null, answer);
    }

    private static String path(String id) {
        return "/" + LiveRooms.segment(id);
    }

    /** Of the object store's key, the last part, as far as every system takes it for a file name. */
    private static String fileName(RecordingView r) {
        String key = r.filePath();
        return key.substring(key.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static RecordingLine line(RecordingView r) {
        return new RecordingLine(
                r.recordId(),
                r.roomId(),
                r.bizName(),
                r.state(),
                r.createdAtMs(),
                r.startedAtMs(),
                r.durationMs(),
                r.sizeBytes(),
                r.mediaType(),
                r.eventCode(),
                r.message(),
                r.starterUid(),
                r.name(),
                r.progress(),
                fileName(r));
    }
}
