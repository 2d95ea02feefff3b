package dev.parley.recorder.live;

import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.domain.journal.SegmentCodec;
import dev.parley.recorder.domain.journal.SegmentReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The segments of one recording on this disk. */
final class JournalFolder {
    private JournalFolder() {}

    /** Closed segments in the order of writing; none when the folder does not exist. */
    static List<Path> closed(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".seg"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * After a crash: cuts each open segment behind its last good record and closes it, so that nothing readable is lost. A file without a
     * readable header holds nothing and is removed.
     *
     * @return how many there were
     */
    static int repair(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return 0;
        List<Path> open;
        try (Stream<Path> files = Files.list(folder)) {
            open = files.filter(f -> f.getFileName().toString().endsWith(JournalWriter.OPEN))
                    .sorted()
                    .toList();
        }
        for (Path file : open) repairOne(file);
        return open.size();
    }

    private static void repairOne(Path file) throws IOException {
        var reader = new SegmentReader(Files.readAllBytes(file));
        if (reader.verdict() == SegmentReader.Verdict.UNREADABLE) {
            Files.delete(file);
            return;
        }
        while (reader.next() != null) {
            // only the end is of interest
        }
        var end = ByteBuffer.allocate(SegmentCodec.RECORD_HEAD_BYTES);
        SegmentCodec.encode(RecordType.END, 0, ByteBuffer.allocate(0), end);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(reader.goodBytes());
            channel.position(reader.goodBytes());
            channel.write(end.flip());
        }
        String name = file.getFileName().toString();
        Files.move(file, file.resolveSibling(name.substring(0, name.length() - JournalWriter.OPEN.length())));
    }
}
