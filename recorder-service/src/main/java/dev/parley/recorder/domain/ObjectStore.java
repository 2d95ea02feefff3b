package dev.parley.recorder.domain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where journals, films and what belongs to them are kept: an object store, or a folder. Blocking; thread safe. Whoever calls tries again. */
public interface ObjectStore extends FilmFiles {
    /** Stores a file and makes sure that all of it arrived. */
    void put(String key, Path file, String contentType) throws IOException;

    /** Keys that begin so, in their order. */
    List<String> list(String prefix) throws IOException;

    void fetch(String key, Path file) throws IOException;

    /** The folder below which keys are paths; empty = they are keys of an object store. */
    Optional<Path> folder();
}
