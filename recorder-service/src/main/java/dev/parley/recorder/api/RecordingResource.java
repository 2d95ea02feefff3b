package dev.parley.recorder.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.Settings;
import dev.parley.recorder.compose.Watermarks;
import dev.parley.recorder.domain.CallbackKeyring;
import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.ManifestSigner;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.RecordRules;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.recorder.live.LiveRecordings;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jboss.logging.Logger;

/** Recordings, for the other services. Errors: RECORDING_NOT_FOUND, RECORDING_STATE, RECORDING_PARAMETER, BAD_REQUEST, UNAVAILABLE. */
@Path("/v1/recordings")
@RolesAllowed(TokenClaims.SERVICE)
@RunOnVirtualThread
public class RecordingResource {
    private static final Logger LOG = Logger.getLogger(RecordingResource.class);

    private final RecordingStore store;
    private final LiveRecordings live;
    private final ObjectStore films;
    private final CallbackKeyring keys;
    private final ManifestSigner signer;
    private final Watermarks watermarks;
    private final Settings settings;

    RecordingResource(
            RecordingStore store,
            LiveRecordings live,
            ObjectStore films,
            CallbackKeyring keys,
            ManifestSigner signer,
            Watermarks watermarks,
            Settings settings) {
        this.store = store;
        this.live = live;
        this.films = films;
        this.keys = keys;
        this.signer = signer;
        this.watermarks = watermarks;
        this.settings = settings;
    }

    /** Begins on this node. Safe to repeat with the same recordId: answers the recording as it stands, wherever it runs. */
    @POST
    public RecordingView start(@NotNull StartRecording request) {
        StartRecording checked = RecordRules.checked(request);
        var created = store.create(checked, settings.nodeId(), System.currentTimeMillis(), live.leaseUntilMs());
        if (created.isNew()) {
            live.start(created.recording());
            watermarks.keep(created.recording());
        }
        return view(created.recording());
    }

    /** Ends the recording; its film is made next. Safe to repeat. May be asked of any recorder. */
    @POST
    @Path("{id}:stop")
    public RecordingView stop(@PathParam("id") @Size(max = 64) String id) {
        long nowMs = System.currentTimeMillis();
        Recording stopped =
                store.apply(id, new RecordingCommand.Stop(nowMs), nowMs).orElseThrow(RecordingResource::unknown);
        live.stop(id);
        return view(stopped);
    }

    @GET
    @Path("{id}")
    public RecordingView get(@PathParam("id") @Size(max = 64) String id) {
        return view(store.find(id).orElseThrow(RecordingResource::unknown));
    }

    /** Takes nothing more until it is resumed. May be asked of any recorder; one that does not run it stops taking within its sweep. */
    @POST
    @Path("{id}:pause")
    public RecordingView pause(@PathParam("id") @Size(max = 64) String id) {
        return turn(id, new RecordingCommand.Pause());
    }

    @POST
    @Path("{id}:resume")
    public RecordingView resume(@PathParam("id") @Size(max = 64) String id) {
        return turn(id, new RecordingCommand.Resume());
    }

    private RecordingView turn(String id, RecordingCommand command) {
        Recording turned = store.apply(id, command, System.currentTimeMillis()).orElseThrow(RecordingResource::unknown);
        live.turn(turned);
        return view(turned);
    }

    /** Newest first. Without a filter: all of them. */
    @GET
    public RecordingPage list(@BeanParam @Valid ListRequest wanted) {
        var page = store.list(wanted.filter());
        return new RecordingPage(page.recordings().stream().map(this::view).toList(), page.total());
    }

    /** Removes films, journal, manifest and what is known of it. Only once it is DONE or FAILED. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") @Size(max = 64) String id) throws IOException {
        Recording gone = store.find(id).orElseThrow(RecordingResource::unknown);
        if (!gone.isOver() || !gone.tap().closed())
            throw new RefusedException(
                    ErrorCode.RECORDING_STATE, "It is " + gone.state() + "; stop it and wait until it is done.");
        films.delete(id, gone.story().films().stream().map(Recording.Film::path).toList());
        store.delete(id);
    }

    /** The film itself. NOT_FOUND until it is there. */
    @GET
    @Path("{id}/file")
    public Response file(@PathParam("id") @Size(max = 64) String id) throws IOException {
        var made =
                store.find(id).orElseThrow(RecordingResource::unknown).story().films();
        if (made.isEmpty()) throw new RefusedException(ErrorCode.NOT_FOUND, "The film is not made yet.");
        Recording.Film film = made.getFirst();
        InputStream content = films.open(film.path());
        StreamingOutput body = out -> {
            try (content) {
                content.transferTo(out);
            }
        };
        return Response.ok(body, film.path().endsWith(".flv") ? "video/x-flv" : "video/mp4")
                .header(HttpHeaders.CONTENT_LENGTH, film.sizeBytes())
                .build();
    }

    /** The signed manifest of a recording's files. NOT_FOUND until they are there, or without a master key. */
    @GET
    @Path("{id}/manifest")
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] manifest(@PathParam("id") @Size(max = 64) String id) throws IOException {
        Recording recording = store.find(id).orElseThrow(RecordingResource::unknown);
        if (recording.state() != RecordingState.DONE || signer.keys().isEmpty())
            throw new RefusedException(ErrorCode.NOT_FOUND, "There is no manifest.");
        try (InputStream content = films.open(Manifest.pathOf(id))) {
            return content.readAllBytes();
        }
    }

    /** The public keys that manifests are checked with, for anybody: a JSON Web Key Set (RFC 7517). */
    @GET
    @Path("manifest-keys")
    @PermitAll
    public ManifestKeys manifestKeys() {
        return new ManifestKeys(signer.keys());
    }

    public record ManifestKeys(List<ManifestSigner.PublicKey> keys) {}

    /** The key that signs an application's callbacks, 64 hex digits. NOT_FOUND when the suite has no master key. */
    @GET
    @Path("callback-keys/{bizName}")
    public CallbackKey callbackKey(@PathParam("bizName") @Size(max = 64) String bizName) {
        return new CallbackKey(keys.of(bizName).orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND)));
    }

    public record CallbackKey(String key) {}

    private RecordingView view(Recording r) {
        var story = r.story();
        boolean done = r.state() == RecordingState.DONE && !story.films().isEmpty();
        var film = done ? story.films().getFirst() : new Recording.Film("", 0, 0, 0);
        return new RecordingView(
                r.recordId(),
                r.request().roomId(),
                r.request().bizName(),
                r.state(),
                story.times().startedMs(),
                film.durationMs(),
                film.sizeBytes(),
                film.location(),
                done ? url(film.path()) : "",
                film.mediaType(),
                story.said().eventCode(),
                story.said().message(),
                r.request().starterUid(),
                r.request().name(),
                story.times().createdMs(),
                r.state() == RecordingState.DONE ? 100 : r.job().progress(),
                done ? story.films().stream().map(this::file).toList() : List.of());
    }

    private RecordingView.File file(Recording.Film film) {
        return new RecordingView.File(
                film.mediaType(),
                film.fileType(),
                film.location(),
                url(film.path()),
                film.durationMs(),
                film.sizeBytes());
    }

    private String url(String path) {
        try {
            return films.url(path);
        } catch (IOException e) {
            LOG.warnf("no signed address for %s: %s", path, e.getMessage());
            return "";
        }
    }

    private static RefusedException unknown() {
        return new RefusedException(ErrorCode.RECORDING_NOT_FOUND);
    }
}
