package dev.parley.vod.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.vod.VodConfig;
import dev.parley.vod.domain.MediaFile;
import dev.parley.vod.domain.MediaKey;
import dev.parley.vod.domain.MediaStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The media files that can be played. For services only. */
@Path("/v1/files")
@RolesAllowed("service")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "files")
public class FileResource {
    private static final long UNKNOWN = -1;

    private final MediaStore files;
    private final VodConfig config;

    FileResource(MediaStore files, VodConfig config) {
        this.files = files;
        this.config = config;
    }

    /** Replaces a file of the same name; what plays it already goes on with what it has read. Errors: BAD_REQUEST, TOO_LARGE, UNAVAILABLE. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Stores the body as vod/{name}",
            description =
                    "Whether FFmpeg can read it shows when it is played. The answer's key goes into StartPlayback.file.")
    public MediaFile put(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, InputStream body) {
        String key = MediaKey.ofName(name);
        if (body == null || Long.valueOf(0).equals(length))
            throw new RefusedException(ErrorCode.BAD_REQUEST, "The body is empty.");
        return files.put(key, body, length == null ? UNKNOWN : length, config.fileBytesMax());
    }

    @GET
    @Operation(summary = "The first 1000 files by key")
    public List<MediaFile> list() {
        return files.list();
    }
}
