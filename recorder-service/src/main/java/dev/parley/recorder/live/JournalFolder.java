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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The segments of one recording on this disk. */
final class JournalFolder {
    private static final Logger LOG = Logger.getLogger(JournalFolder.class);

    private JournalFolder() {}

    /** Added to the name of a segment that is in the object store; the newest is kept to tell where to go on. */
    static final String STORED = ".stored";

    /** Closed segments that wait to be stored, in the order of writing; none when the folder does not exist. */
    static List<Path> closed(Path folder) throws IOException {
        return endingWith(folder, ".seg");
    }

    /** The newest closed segment, stored or not; null when there is none. */
    static Path newest(Path folder) throws IOException {
        List<Path> closed = closed(folder);
        List<Path> stored = endingWith(folder, STORED);
        return closed.isEmpty() ? stored.isEmpty() ? null : stored.getLast() : closed.getLast();
    }

    /** Removes the folder of a journal that is stored as a whole. */
    static void remove(Path folder) throws IOException {
        for (Path file : endingWith(folder, STORED)) Files.delete(file);
        Files.deleteIfExists(folder);
    }

    static List<Path> endingWith(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    /**
     * After a crash: cuts each open segment behind its last good record and closes it, so that nothing readable is lost. A file without a
     * readable header holds nothing and is removed.
     *
     * @return the segments that were open, in order, as they are called now
     */
    static List<Path> repair(Path folder) throws IOException {
        List<Path> open = endingWith(folder, JournalWriter.OPEN);
        var repaired = new ArrayList<Path>();
        for (Path file : open) {
            Path closed = repairOne(file);
            if (closed != null) repaired.add(closed);
        }
        return repaired;
    }

    /** Null when nothing in it can be read. */
    private static Path repairOne(Path file) throws IOException {
        var reader = new SegmentReader(Files.readAllBytes(file));
        if (reader.verdict() == SegmentReader.Verdict.UNREADABLE) {
            Files.delete(file);
            return null;
        }
        while (reader.next() != null) {
            // only the end is of interest
        }
        var end = ByteBuffer.allocate(SegmentCodec.RECORD_HEAD_BYTES);
        SegmentCodec.encode(RecordType.END, 0, ByteBuffer.allocate(0), end);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(reader.goodBytes());
            channel.position(reader.goodBytes());
            end.flip();
            while (end.hasRemaining()) channel.write(end);
        } catch (IOException e) { // a full disk: the mark is missing, the records are not
            LOG.warnf("%s cannot be marked as closed: %s", file, e.getMessage());
        }
        String name = file.getFileName().toString();
        return Files.move(file, file.resolveSibling(name.substring(0, name.length() - JournalWriter.OPEN.length())));
    }
}
