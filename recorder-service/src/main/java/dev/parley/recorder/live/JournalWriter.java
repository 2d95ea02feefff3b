package dev.parley.recorder.live;

import dev.parley.recorder.domain.journal.JournalKeys;
import dev.parley.recorder.domain.journal.JournalTail;
import dev.parley.recorder.domain.journal.RecordCipher;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.domain.journal.SegmentCodec;
import dev.parley.recorder.domain.journal.SegmentHeader;
import dev.parley.recorder.domain.journal.SegmentSeal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Appends what a tap says to segment files in one folder. A segment is named {@code <run>-<index>.seg.open} until it is closed, then without
 * {@code .open}, and handed on. What is written is in the operating system's hands after each {@link #flush}; a killed process loses at
 * most one buffer, which the relay gives again because the cursor is read from the file. With a key, what one flush writes is sealed together.
 * After a failure nothing more is written: the open segment is for the repair. Not thread safe.
 */
public final class JournalWriter implements Closeable {
    static final String OPEN = ".open";
    private static final int BUFFER_BYTES = SegmentCodec.SEALED_RECORDS_BYTES_MAX;

    /**
     * @param segmentMs    a segment is closed when it is older
     * @param segmentBytes or larger
     */
    public record Limits(long segmentMs, long segmentBytes) {
        public static final Limits DEFAULT = new Limits(4_000, 32L << 20);
    }

    private final Path folder;
    private final String recordId;
    private final int run;
    private final Limits limits;
    private final JournalSpace space;
    private final LongSupplier wallMs;
    private final Consumer<Path> closed;
    private final Optional<JournalKeys.DataKey> key;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer sealed;
    private final MessageDigest digest = JournalTail.newDigest();
    private byte[] previousSha256;
    private int index;
    private FileChannel channel;
    private Path file;
    private long openedMs;
    private long bytes;
    private String epoch;
    private long nextFrame;
    private SegmentSeal seal;
    private boolean broken;

    /**
     * @param key    seals the records; empty = they are written in the clear
     * @param after  what the journal held before: its hash goes on, its cursor is the first header's
     * @param closed takes the closed segments, on the writing thread
     */
    public JournalWriter(
            Path folder,
            String recordId,
            int run,
            JournalTail after,
            Optional<JournalKeys.DataKey> key,
            Limits limits,
            JournalSpace space,
            LongSupplier wallMs,
            Consumer<Path> closed)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.recordId = recordId;
        this.run = run;
        this.key = key;
        this.sealed = ByteBuffer.allocate(
                key.isPresent() ? SegmentCodec.RECORD_HEAD_BYTES + BUFFER_BYTES + RecordCipher.TAG_BYTES : 0);
        this.limits = limits;
        this.space = space;
        this.wallMs = wallMs;
        this.closed = closed;
        this.previousSha256 = after.sha256();
        this.epoch = after.epoch();
        this.nextFrame = after.nextFrame();
    }

    /** Where the tap stands after the records so far; the next segment's header says it. */
    public void cursor(String epoch, long nextFrame) {
        this.epoch = epoch;
        this.nextFrame = nextFrame;
    }

    /** @param payload its remaining bytes, at most 65535 */
    public void append(RecordType type, long timeUs, ByteBuffer payload) throws IOException {
        if (channel != null && isFull()) closeSegment();
        if (channel == null) openSegment();
        int size = SegmentCodec.RECORD_HEAD_BYTES + payload.remaining();
        if (buffer.remaining() < size) flush();
        SegmentCodec.encode(type, timeUs, payload, buffer);
        bytes += size;
    }

    void flush() throws IOException {
        if (channel == null || buffer.position() == 0) return;
        buffer.flip();
        if (seal == null) {
            write(buffer);
        } else {
            sealed.clear();
            seal.seal(buffer, sealed);
            write(sealed.flip());
        }
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        broken = true;
        space.take(bytes.remaining());
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) channel.write(bytes);
        broken = false;
    }

    /** Closes a segment that is old enough even when nothing comes; call it now and then. */
    void tick() throws IOException {
        flush();
        if (channel != null && isFull()) closeSegment();
    }

    /** Closes the segment now: what is in it is stored, however long nothing follows. */
    void cut() throws IOException {
        if (channel != null) closeSegment();
    }

    private boolean isFull() {
        return wallMs.getAsLong() - openedMs >= limits.segmentMs || bytes >= limits.segmentBytes;
    }

    private void openSegment() throws IOException {
        openedMs = wallMs.getAsLong();
        var clear = SegmentHeader.clear(recordId, run, index, previousSha256, epoch, nextFrame, openedMs);
        var header = key.map(k -> clear.sealed(k.wrapped())).orElse(clear);
        byte[] headerBytes = SegmentCodec.encode(header);
        seal = key.map(k -> new SegmentSeal(k.cipher(), header, headerBytes)).orElse(null);
        file = folder.resolve(header.name() + OPEN);
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        write(ByteBuffer.wrap(headerBytes));
        bytes = headerBytes.length;
    }

    private void closeSegment() throws IOException {
        try (FileChannel closing = channel) { // a full disk leaves it open, for the repair
            flush();
            var end = ByteBuffer.allocate(SegmentCodec.RECORD_HEAD_BYTES);
            SegmentCodec.encode(RecordType.END, 0, ByteBuffer.allocate(0), end);
            write(end.flip());
            closing.force(false);
        } finally {
            channel = null;
        }
        previousSha256 = digest.digest();
        index++;
        String name = file.getFileName().toString();
        Path done = folder.resolve(name.substring(0, name.length() - OPEN.length()));
        Files.move(file, done);
        closed.accept(done);
    }

    @Override
    public void close() throws IOException {
        if (channel == null) return;
        if (broken) channel.close();
        else closeSegment();
    }
}
