package dev.parley.recorder.compose;

import dev.parley.recorder.domain.Manifest;
import dev.parley.recorder.domain.journal.JournalTail;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;

/** The hashes of a result file, whole and in chunks. */
final class FileHashes {
    static final int CHUNK_BYTES = 256 << 10;

    private FileHashes() {}

    /** @param path where it is in the object store */
    static Manifest.File of(CompositionResult.File file, String path) throws IOException {
        var whole = JournalTail.newDigest();
        var one = JournalTail.newDigest();
        var chunks = new ArrayList<String>();
        long bytes = 0;
        try (var in = Files.newInputStream(file.path())) {
            byte[] chunk;
            while ((chunk = in.readNBytes(CHUNK_BYTES)).length > 0) {
                whole.update(chunk);
                chunks.add(hex(one.digest(chunk)));
                bytes += chunk.length;
            }
        }
        return new Manifest.File(
                path, file.mediaType(), file.durationMs(), bytes, hex(whole.digest()), CHUNK_BYTES, chunks);
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
