package dev.parley.recorder.domain.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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
        UNREADABLE
    }

    private final byte[] bytes;
    private final ByteBuffer in;
    private SegmentHeader header;
    private Verdict verdict;

    public SegmentReader(byte[] bytes) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        this.header = readHeader();
        this.verdict = header == null ? Verdict.UNREADABLE : Verdict.GOOD;
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
        if (verdict != Verdict.GOOD) return null;
        int left = in.remaining();
        if (left == 0) return end(Verdict.OPEN);
        if (left < SegmentCodec.RECORD_HEAD_BYTES) return end(Verdict.CUT);
        int at = in.position();
        int length = in.getInt(at);
        if (length < 0 || length > SegmentCodec.PAYLOAD_BYTES_MAX) return end(Verdict.CORRUPT);
        if (left < SegmentCodec.RECORD_HEAD_BYTES + length) return end(Verdict.CUT);
        if (SegmentCodec.crc(bytes, at + 8, SegmentCodec.RECORD_HEAD_BYTES - 8 + length) != in.getInt(at + 4)) {
            return end(Verdict.CORRUPT);
        }
        RecordType type = RecordType.of(in.get(at + 8));
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
        if (in.getShort(4) != SegmentHeader.VERSION || flags != 0) return null;
        if (length < 0 || length > SegmentCodec.HEADER_BYTES_MAX || SegmentCodec.PREFIX_BYTES + length > bytes.length)
            return null;
        if (SegmentCodec.crc(bytes, SegmentCodec.PREFIX_BYTES, length) != in.getInt(12)) return null;
        try {
            return fields(length);
        } catch (BufferUnderflowException _) {
            return null; // the checksum holds but the inner lengths do not: not our writer's
        }
    }

    private SegmentHeader fields(int length) {
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
        return new SegmentHeader(0, recordId, run, index, previous, epoch, nextFrame, wallMs, key);
    }

    private byte[] field() {
        byte[] field = new byte[in.getShort() & 0xFFFF];
        in.get(field);
        return field;
    }
}
