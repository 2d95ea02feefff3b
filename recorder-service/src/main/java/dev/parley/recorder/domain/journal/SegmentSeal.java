package dev.parley.recorder.domain.journal;

import java.nio.ByteBuffer;

/**
 * Seals the records of one segment, several at a time. The nonce is run, index and a counter, so none comes twice under a run's key; the
 * header's hash is associated: nothing can be moved, left out or put into another segment without showing. Not thread safe.
 */
public final class SegmentSeal {
    private final RecordCipher cipher;
    private final byte[] header;
    private final ByteBuffer nonce = ByteBuffer.allocate(RecordCipher.NONCE_BYTES);
    private int count;

    /** @param headerBytes as {@link SegmentCodec#encode(SegmentHeader)} gives them */
    public SegmentSeal(RecordCipher cipher, SegmentHeader header, byte[] headerBytes) {
        this.cipher = cipher;
        this.header = JournalTail.newDigest().digest(headerBytes);
        nonce.putInt(header.run()).putInt(header.index());
    }

    /** Appends one record of type SEALED. @param records whole records, encoded; at most {@link SegmentCodec#SEALED_RECORDS_BYTES_MAX} */
    public void seal(ByteBuffer records, ByteBuffer out) {
        int at = out.position();
        out.position(at + SegmentCodec.RECORD_HEAD_BYTES);
        cipher.seal(nextNonce(), header, records, out);
        SegmentCodec.finishSealed(out, at);
    }

    /** @return whole records, encoded; null when they were not sealed so */
    byte[] open(ByteBuffer sealed) {
        return cipher.open(nextNonce(), header, sealed);
    }

    private byte[] nextNonce() {
        nonce.putInt(8, count++);
        return nonce.array().clone();
    }
}
