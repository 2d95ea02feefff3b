package dev.parley.recorder.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.recorder.domain.FilmLinks;
import dev.parley.recorder.domain.ObjectStore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;

/** Films that lie in a folder, for whoever has a signed address. Errors: NOT_ALLOWED, NOT_FOUND. */
@Path("/v1/films")
@PermitAll
@RunOnVirtualThread
public class FilmResource {
    private static final int PIECE_BYTES = 64 * 1024;

    private final ObjectStore store;
    private final FilmLinks links;

    FilmResource(ObjectStore store, FilmLinks links) {
        this.store = store;
        this.links = links;
    }

    /** The whole, or one part of it by {@code Range} (RFC 9110 section 14.2), so that a player can jump. */
    @GET
    public Response get(
            @QueryParam("key") @NotNull @Size(max = 1_024) String key,
            @QueryParam("until") long untilMs,
            @QueryParam("signature") @NotNull @Size(max = 64) String signature,
            @HeaderParam("Range") @Pattern(regexp = "bytes=[0-9]{0,18}-[0-9]{0,18}") String range) {
        if (store.folder().isEmpty() || !links.isGood(key, untilMs, signature))
            throw new RefusedException(ErrorCode.NOT_ALLOWED, "The address is not valid, or not any more.");
        try {
            return part(key, range);
        } catch (IOException _) {
            throw new RefusedException(ErrorCode.NOT_FOUND);
        }
    }

    private Response part(String key, String range) throws IOException {
        long bytes = store.size(key);
        long from = 0;
        long to = bytes - 1;
        if (range != null && !range.equals("bytes=-")) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            if (ends[0].isEmpty()) from = Math.max(0, bytes - Long.parseLong(ends[1]));
            else from = Long.parseLong(ends[0]);
            if (!ends[0].isEmpty() && !ends[1].isEmpty()) to = Math.min(to, Long.parseLong(ends[1]));
            if (from > to)
                return Response.status(416)
                        .header("Content-Range", "bytes */" + bytes)
                        .build();
        }
        long start = from;
        long count = to - from + 1;
        StreamingOutput body = out -> {
            try (InputStream content = store.open(key)) {
                content.skipNBytes(start);
                byte[] piece = new byte[PIECE_BYTES];
                for (long left = count; left > 0; ) {
                    int read = content.read(piece, 0, (int) Math.min(piece.length, left));
                    if (read < 0) return;
                    out.write(piece, 0, read);
                    left -= read;
                }
            }
        };
        var answer = Response.status(range == null ? 200 : 206)
                .entity(body)
                .type(key.endsWith(".flv") ? "video/x-flv" : "video/mp4")
                .header("Accept-Ranges", "bytes")
                .header("Content-Length", count);
        if (range != null) answer.header("Content-Range", "bytes " + start + "-" + to + "/" + bytes);
        return answer.build();
    }
}
