package dev.parley.signaling.api.ws;

import dev.parley.signaling.app.FileService;
import jakarta.enterprise.context.ApplicationScoped;

/** Files from participant to participant. */
@ApplicationScoped
class FileRequests {
    /** Longer than any file system takes. */
    private static final int NAME_CHARS_MAX = 1_024;

    private final FileService files;

    FileRequests(FileService files) {
        this.files = files;
    }

    Answer offer(Connection c, Fields data) {
        Place at = Place.of(c);
        return Answer.of(files.offer(
                at.roomId(),
                at.me(),
                data.text("name", NAME_CHARS_MAX),
                data.optionalText("contentType", 256),
                data.whole("bytes"),
                Place.step(c, data)));
    }

    Answer send(Connection c, Fields data) {
        Place at = Place.of(c);
        return Answer.of(files.send(
                at.roomId(), at.me(), data.text("fileId", 64), data.texts("to", 64, 1_000), Place.step(c, data)));
    }
}
