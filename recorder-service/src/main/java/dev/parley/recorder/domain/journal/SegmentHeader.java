package dev.parley.recorder.domain.journal;

/**
 * First bytes of a segment file.
 *
 * @param flags          {@link #ENCRYPTED} and later ones; a reader refuses flags that it does not know
 * @param recordId       whose journal it is
 * @param run            from 1: grows each time that a recorder takes the recording up, so that two can never write the same name
 * @param index          from 0 within the run
 * @param previousSha256 32 bytes: of the whole segment before, zeros for the very first: a chain that shows what is missing or changed
 * @param epoch          the tap's, at the first record; "" before the first connection
 * @param nextFrame      index of the tap's frame that comes next
 * @param wallMs         the recorder's wall clock when the segment was opened
 * @param key            how to get the key of an encrypted segment; empty in clear ones
 */
public record SegmentHeader(
        int flags,
        String recordId,
        int run,
        int index,
        byte[] previousSha256,
        String epoch,
        long nextFrame,
        long wallMs,
        byte[] key) {
    public static final int VERSION = 1;
    /** All records but END are in records of type SEALED, under the key that {@link #key} tells. */
    public static final int ENCRYPTED = 1;

    public static final int HASH_BYTES = 32;

    /** The same with sealed records. */
    public SegmentHeader sealed(byte[] wrappedKey) {
        return new SegmentHeader(ENCRYPTED, recordId, run, index, previousSha256, epoch, nextFrame, wallMs, wrappedKey);
    }

    public boolean isSealed() {
        return (flags & ENCRYPTED) != 0;
    }

    public static SegmentHeader clear(
            String recordId, int run, int index, byte[] previousSha256, String epoch, long nextFrame, long wallMs) {
        return new SegmentHeader(0, recordId, run, index, previousSha256, epoch, nextFrame, wallMs, new byte[0]);
    }

    /** Sorts in the order of writing, as text too. */
    public String name() {
        return String.format("%04d-%08d.seg", run, index);
    }
}
