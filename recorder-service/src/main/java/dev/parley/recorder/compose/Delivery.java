package dev.parley.recorder.compose;

import dev.parley.recorder.domain.EventCodes;
import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.ManifestSigner;
import dev.parley.recorder.domain.ObjectStore;
import dev.parley.recorder.domain.RecordRules;
import dev.parley.recorder.domain.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the films of a recording to the object store, and then the manifest that tells what they are. */
final class Delivery {
    private final ObjectStore store;
    private final ManifestSigner signer;

    Delivery(ObjectStore store, ManifestSigner signer) {
        this.store = store;
        this.signer = signer;
    }

    /** @throws ComposeException with 100201 when the store does not take them: the files stay in the work folder */
    List<Recording.Film> deliver(Recording recording, CompositionResult result, Path work)
            throws ComposeException, IOException {
        var request = recording.request();
        var films = new ArrayList<Recording.Film>();
        var hashes = new ArrayList<Manifest.File>();
        for (CompositionResult.File file : result.files()) {
            String path = films.isEmpty()
                    ? RecordRules.resultPath(request)
                    : RecordRules.splitPath(request, file.path().getFileName().toString());
            hashes.add(FileHashes.of(file, path));
            put(path, file.path(), path.endsWith(".flv") ? "video/x-flv" : "video/mp4");
            String folder = store.folder().map(Path::toString).orElse(null);
            films.add(new Recording.Film(path, file.durationMs(), file.sizeBytes(), file.mediaType(), folder));
        }
        Optional<byte[]> manifest = signer.sign(Manifest.of(recording, result.startedAtMs(), result.journal(), hashes));
        if (manifest.isPresent()) {
            Path file = Files.write(work.resolve("manifest.json"), manifest.get());
            put(Manifest.pathOf(request.recordId()), file, "application/json");
        }
        return films;
    }

    private void put(String path, Path file, String contentType) throws ComposeException {
        try {
            store.put(path, file, contentType);
        } catch (IOException e) {
            throw new ComposeException(EventCodes.UPLOAD, true, path + " cannot be stored: " + e.getMessage(), e);
        }
    }
}
