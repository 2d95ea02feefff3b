package dev.parley.recorder.domain.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a segment up to the last good record. Damage is a verdict, not an exception: whatever stands before it is given. Not thread safe.
 */
public final class SegmentReader {
    public enum Verdict {
        /** More may follow. */
        GOOD,
        /** An END record closed the segment. */
        CLOSED,
        /** The bytes end after a whole record, without END: the writer was stopped. */
        OPEN,
        /** The bytes end within a record. */
        CUT,
        /** A checksum does not hold, or a length cannot be. */
        CORRUPT,
        /** Not a segment, or of a version or with flags that are not known. */
        UNREADABLE,
        /** Sealed with a key that is not known here. */
        LOCKED
    }

    private final byte[] bytes;
    private final ByteBuffer in;
    private final SegmentHeader header;
    private final SegmentSeal seal;
    private ByteBuffer opened = ByteBuffer.allocate(0);
    private Verdict verdict;

    /** Looks at the frames only: sealed records are given as they are, unopened. */
    public SegmentReader(byte[] bytes) {
        this(bytes, null);
    }

    /** Opens sealed records. */
    public SegmentReader(byte[] bytes, JournalKeys keys) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        this.header = readHeader();
        this.verdict = header == null ? Verdict.UNREADABLE : Verdict.GOOD;
        boolean toOpen = keys != null && header != null && header.isSealed();
        this.seal = toOpen ? sealOf(keys) : null;
        if (toOpen && seal == null) verdict = Verdict.LOCKED;
    }

    private SegmentSeal sealOf(JournalKeys keys) {
        byte[] headerBytes = Arrays.copyOf(bytes, in.position());
        return keys.open(header)
                .map(cipher -> new SegmentSeal(cipher, header, headerBytes))
                .orElse(null);
    }

    /** Null when {@link #verdict} is UNREADABLE. */
    public SegmentHeader header() {
        return header;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Bytes from the start to the end of the last good record: what may be kept of a damaged segment. */
    public int goodBytes() {
        return in.position();
    }

    /** The next record, null at the end; then the verdict tells which kind of end. END itself is not given. */
    public JournalRecord next() {
        while (!opened.hasRemaining()) {
            JournalRecord record = framed();
            if (record == null || seal == null || record.type() != RecordType.SEALED) return record;
            byte[] plain = seal.open(ByteBuffer.wrap(record.payload()));
            if (plain == null) { // the checksum holds, the tag does not: somebody's work
                in.position(in.position() - SegmentCodec.RECORD_HEAD_BYTES - record.payload().length);
                return end(Verdict.CORRUPT);
            }
            opened = ByteBuffer.wrap(plain);
        }
        int length = opened.getInt();
        opened.getInt(); // the tag has vouched for it
        RecordType type = RecordType.of(opened.get());
        long timeUs = opened.getLong();
        byte[] payload = new byte[length];
        opened.get(payload);
        return new JournalRecord(type, timeUs, payload);
    }

    private JournalRecord framed() {
        if (verdict != Verdict.GOOD) return null;
        int left = in.remaining();
        if (left == 0) return end(Verdict.OPEN);
        if (left < SegmentCodec.RECORD_HEAD_BYTES) return end(Verdict.CUT);
        int at = in.position();
        int length = in.getInt(at);
        RecordType type = RecordType.of(in.get(at + 8));
        if (length < 0 || length > SegmentCodec.payloadBytesMax(type)) return end(Verdict.CORRUPT);
        if (left < SegmentCodec.RECORD_HEAD_BYTES + length) return end(Verdict.CUT);
        if (SegmentCodec.crc(bytes, at + 8, SegmentCodec.RECORD_HEAD_BYTES - 8 + length) != in.getInt(at + 4)) {
            return end(Verdict.CORRUPT);
        }
        if (type == RecordType.END) return end(Verdict.CLOSED);
        byte[] payload = new byte[length];
        in.get(at + SegmentCodec.RECORD_HEAD_BYTES, payload);
        in.position(at + SegmentCodec.RECORD_HEAD_BYTES + length);
        return new JournalRecord(type, in.getLong(at + 9), payload);
    }

    private JournalRecord end(Verdict how) {
        verdict = how;
        return null;
    }

    private SegmentHeader readHeader() {
        if (bytes.length < SegmentCodec.PREFIX_BYTES || in.getInt(0) != SegmentCodec.MAGIC) return null;
        int flags = in.getShort(6) & 0xFFFF;
        int length = in.getInt(8);
        if (in.getShort(4) != SegmentHeader.VERSION || (flags & ~SegmentHeader.ENCRYPTED) != 0) return null;
        if (length < 0 || length > SegmentCodec.HEADER_BYTES_MAX || SegmentCodec.PREFIX_BYTES + length > bytes.length)
            return null;
        if (SegmentCodec.crc(bytes, SegmentCodec.PREFIX_BYTES, length) != in.getInt(12)) return null;
        try {
            SegmentHeader read = fields(flags, length);
            return read.isSealed() == read.key().length > 0 ? read : null; // no checksum is over the flags
        } catch (BufferUnderflowException _) {
            return null; // the checksum holds but the inner lengths do not: not our writer's
        }
    }

    private SegmentHeader fields(int flags, int length) {
        in.position(SegmentCodec.PREFIX_BYTES);
        int run = in.getInt();
        int index = in.getInt();
        byte[] previous = new byte[SegmentHeader.HASH_BYTES];
        in.get(previous);
        long nextFrame = in.getLong();
        long wallMs = in.getLong();
        String recordId = new String(field(), StandardCharsets.UTF_8);
        String epoch = new String(field(), StandardCharsets.UTF_8);
        byte[] key = field();
        in.position(SegmentCodec.PREFIX_BYTES + length);
        return new SegmentHeader(flags, recordId, run, index, previous, epoch, nextFrame, wallMs, key);
    }

    private byte[] field() {
        byte[] field = new byte[in.getShort() & 0xFFFF];
        in.get(field);
        return field;
    }
}
