package dev.parley.recorder.domain;

import java.io.IOException;
import java.io.InputStream;

/** Finished films as they are handed out. Blocking; an IOException when the object store does not answer. */
public interface FilmFiles {
    /** The bytes of a film; to be closed. @param path its key in the object store */
    InputStream open(String path) throws IOException;

    /** A signed address from which anybody may fetch it for an hour. */
    String url(String path) throws IOException;
}
