package dev.parley.recorder.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Finished films as they are handed out. Blocking; an IOException when the object store does not answer. */
public interface FilmFiles {
    /** The bytes of a film; to be closed. @param path its key in the object store */
    InputStream open(String path) throws IOException;

    /** Bytes of a film. */
    long size(String path) throws IOException;

    /** Removes the films, the journal and all else that is kept of a recording. Safe to repeat. @param paths of the films */
    void delete(String recordId, List<String> paths) throws IOException;

    /** A signed address from which anybody may fetch it for an hour. */
    String url(String path) throws IOException;
}
