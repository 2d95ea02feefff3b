package dev.parley.recorder.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentUploadsTest {
    @TempDir
    Path folder;

    @Test
    void whateverTheStoresClientThrowsEachSegmentIsTriedUntilItIsThereAndInOrder() throws Exception {
        List<String> tried = Collections.synchronizedList(new ArrayList<>());
        SegmentUploads.Store store = (key, _, _) -> {
            tried.add(key.substring(key.lastIndexOf('/') + 1));
            if (tried.size() == 1) throw new IllegalStateException("closed in the middle of it");
            if (tried.size() == 2) throw new IOException("away");
        };
        var space = new JournalSpace(Long.MAX_VALUE);
        var uploads = new SegmentUploads("rec", store, space, Long.MAX_VALUE, _ -> {});
        for (String name : List.of("1.seg", "2.seg")) uploads.add(Files.writeString(folder.resolve(name), "four"));
        assertTrue(uploads.finish());
        assertEquals(List.of("1.seg", "1.seg", "1.seg", "2.seg"), tried);
        assertEquals(-8, space.bytes(), "given back");
        assertEquals(List.of(folder.resolve("2.seg.stored")), JournalFolder.endingWith(folder, ".stored"));
        assertEquals(List.of(), JournalFolder.closed(folder));
    }
}
