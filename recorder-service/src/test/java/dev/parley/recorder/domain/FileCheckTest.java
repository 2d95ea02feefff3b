package dev.parley.recorder.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.recorder.domain.journal.JournalTail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileCheckTest {
    private static final int CHUNK = 4;

    @Test
    void aFileAsItWasMadeIsIntact() throws IOException {
        for (int size : new int[] {0, 1, 4, 10, 12})
            assertEquals(List.of(), check(bytes(size), bytes(size)), "size " + size);
    }

    @Test
    void oneChangedBitNamesTheBytesOfItsChunk() throws IOException {
        byte[] now = bytes(10);
        now[5] ^= 1;
        assertEquals(List.of("a.mp4: bytes 4 to 7 are not as they were made."), check(bytes(10), now));
        now[9] ^= 1;
        assertEquals(List.of("a.mp4: bytes 4 to 9 are not as they were made."), check(bytes(10), now));
    }

    @Test
    void whatIsMissingAndWhatFollowsIsFound() throws IOException {
        assertEquals(
                List.of("a.mp4: bytes 8 to 9 are not as they were made."),
                check(bytes(10), Arrays.copyOf(bytes(10), 8)));
        assertEquals(List.of("a.mp4: more follows than was made."), check(bytes(10), bytes(11)));
    }

    @Test
    void chunksThatDoNotCoverTheFileAreNoProof() throws IOException {
        var file = manifest(bytes(8));
        var half = new Manifest.File(
                file.path(), 0, 0, file.bytes(), "", CHUNK, file.chunks().subList(0, 1));
        assertTrue(FileCheck.findings(half, new ByteArrayInputStream(bytes(8)))
                .toString()
                .contains("does not describe"));
    }

    private static List<String> check(byte[] made, byte[] now) throws IOException {
        return FileCheck.findings(manifest(made), new ByteArrayInputStream(now));
    }

    private static Manifest.File manifest(byte[] content) {
        var chunks = new ArrayList<String>();
        for (int at = 0; at < content.length; at += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(content, at, Math.min(content.length, at + CHUNK));
            chunks.add(HexFormat.of().formatHex(JournalTail.newDigest().digest(chunk)));
        }
        return new Manifest.File("a.mp4", 0, 0, content.length, "", CHUNK, chunks);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (i * 31);
        return bytes;
    }
}
