package dev.parley.vod.domain;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Port: the object store. Blocking; throws RefusedException (UNAVAILABLE) when it is away. */
public interface MediaStore {
    Optional<MediaFile> find(String key);

    /** At most 1000 files under {@link MediaKey#PREFIX}, by key. */
    List<MediaFile> list();

    /**
     * Replaces the object as a whole: readers see the old one or the new one.
     *
     * @param sizeBytes of the content, -1 when unknown
     * @param limitBytes more than that is refused with TOO_LARGE and nothing is stored
     */
    MediaFile put(String key, InputStream content, long sizeBytes, long limitBytes);

    MediaFile put(String key, Path file);

    /** An address from which FFmpeg can read the object (with ranges) for seven days, the most that S3 allows. It is a secret: do not log it. */
    URI readUrl(String key);
}
