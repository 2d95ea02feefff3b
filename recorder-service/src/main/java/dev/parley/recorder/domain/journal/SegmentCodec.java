package dev.parley.recorder.domain.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Bytes of a segment file, big-endian.
 * <pre>
 * file:   "PJRN" | version u16 | flags u16 | header length u32 | CRC32C of the header u32 | header | record*
 * header: run u32 | index u32 | previous SHA-256 (32) | nextFrame i64 | wallMs i64 | recordId, epoch, key: each u16 length + bytes
 * record: payload length u32 | CRC32C of what follows u32 | type u8 | timeUs i64 | payload
 * </pre>
 * The checksum covers type, time and payload; a wrong length shows as a wrong checksum or as a record that runs past the end. In a sealed
 * segment the payload of each SEALED record is, once opened, a row of records of the same form.
 */
public final class SegmentCodec {
    static final int MAGIC = 0x504A524E;
    static final int PREFIX_BYTES = 16;
    static final int HEADER_BYTES_MAX = 4096;
    /** Bytes of a record before its payload. */
    public static final int RECORD_HEAD_BYTES = 17;

    public static final int PAYLOAD_BYTES_MAX = 0xFFFF;
    /** What is sealed together at most: two of the largest records fit. */
    public static final int SEALED_RECORDS_BYTES_MAX = 160 << 10;

    private SegmentCodec() {}

    public static byte[] encode(SegmentHeader header) {
        byte[] recordId = header.recordId().getBytes(StandardCharsets.UTF_8);
        byte[] epoch = header.epoch().getBytes(StandardCharsets.UTF_8);
        if (header.previousSha256().length != SegmentHeader.HASH_BYTES)
            throw new IllegalArgumentException("hash length");
        int bytes = 8 + SegmentHeader.HASH_BYTES + 16 + 6 + recordId.length + epoch.length + header.key().length;
        if (bytes > HEADER_BYTES_MAX) throw new IllegalArgumentException("segment header of " + bytes + " bytes");
        var out = ByteBuffer.allocate(PREFIX_BYTES + bytes);
        out.putInt(MAGIC).putShort((short) SegmentHeader.VERSION).putShort((short) header.flags());
        out.putInt(bytes).putInt(0);
        out.putInt(header.run()).putInt(header.index()).put(header.previousSha256());
        out.putLong(header.nextFrame()).putLong(header.wallMs());
        for (byte[] field : new byte[][] {recordId, epoch, header.key()})
            out.putShort((short) field.length).put(field);
        out.putInt(12, crc(out.array(), PREFIX_BYTES, bytes));
        return out.array();
    }

    /** Appends one record; the buffer must have {@link #RECORD_HEAD_BYTES} plus the payload's length left. */
    public static void encode(RecordType type, long timeUs, ByteBuffer payload, ByteBuffer out) {
        int length = payload.remaining();
        if (length > PAYLOAD_BYTES_MAX) throw new IllegalArgumentException("record of " + length + " bytes");
        int at = out.position();
        out.putInt(length).putInt(0).put((byte) type.code).putLong(timeUs).put(payload);
        var crc = new CRC32C();
        crc.update(out.slice(at + 8, RECORD_HEAD_BYTES - 8 + length));
        out.putInt(at + 4, (int) crc.getValue());
    }

    /** Fills in the head of a sealed record whose payload stands from {@code at} + {@link #RECORD_HEAD_BYTES} to the buffer's position. */
    static void finishSealed(ByteBuffer out, int at) {
        int length = out.position() - at - RECORD_HEAD_BYTES;
        out.putInt(at, length).put(at + 8, (byte) RecordType.SEALED.code).putLong(at + 9, 0);
        var crc = new CRC32C();
        crc.update(out.slice(at + 8, RECORD_HEAD_BYTES - 8 + length));
        out.putInt(at + 4, (int) crc.getValue());
    }

    /** Of a record's payload as its type allows it. */
    static int payloadBytesMax(RecordType type) {
        return type == RecordType.SEALED ? SEALED_RECORDS_BYTES_MAX + RecordCipher.TAG_BYTES : PAYLOAD_BYTES_MAX;
    }

    static int crc(byte[] bytes, int from, int count) {
        var crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }
}
