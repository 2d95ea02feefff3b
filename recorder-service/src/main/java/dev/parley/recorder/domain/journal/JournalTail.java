package dev.parley.recorder.domain.journal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * How a journal ends: where its next segment begins.
 *
 * @param sha256    of the last segment; zeros when there is none
 * @param epoch     of the tap; "" when it was never open
 * @param nextFrame the first frame that is not in the journal; -1 when it was never open
 */
public record JournalTail(byte[] sha256, String epoch, long nextFrame) {
    public static final JournalTail EMPTY = new JournalTail(new byte[SegmentHeader.HASH_BYTES], "", -1);

    /** Of a whole segment; EMPTY's cursor when it cannot be read. */
    public static JournalTail of(byte[] segment, JournalKeys keys) {
        var reader = new SegmentReader(segment, keys);
        var cursor = new JournalCursor();
        if (reader.header() != null) {
            cursor.begin(reader.header());
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) cursor.follow(record);
        }
        return new JournalTail(newDigest().digest(segment), cursor.epoch(), cursor.nextFrame());
    }

    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
