package dev.parley.recorder.domain.journal;

import java.util.Arrays;

/**
 * Follows the segments of a journal in the order of their names. Each header has the hash of the segment that was written before it: what is
 * missing, changed or put in between shows. Not thread safe.
 */
public final class JournalChain {
    private static final byte[] NOTHING = new byte[SegmentHeader.HASH_BYTES];

    private SegmentHeader before;
    private byte[] head = NOTHING;

    /**
     * @param sha256 of the whole segment
     * @return what is wrong between the segment before and this one; null when nothing is
     */
    public String follow(SegmentHeader header, byte[] sha256) {
        String wrong = Arrays.equals(header.previousSha256(), head) ? null : broken(header);
        before = header;
        head = sha256.clone();
        return wrong;
    }

    /** A segment whose header cannot be read: the next one will not fit, and that is said here once. */
    public void skip(byte[] sha256) {
        head = sha256.clone();
    }

    /** SHA-256 of the last segment; zeros before the first. */
    public byte[] head() {
        return head.clone();
    }

    private String broken(SegmentHeader header) {
        String name = header.name();
        if (before == null) {
            return header.index() == 0 && Arrays.equals(header.previousSha256(), NOTHING)
                    ? null
                    : "segments before " + name + " are missing";
        }
        boolean next = header.run() == before.run() && header.index() == before.index() + 1;
        if (next) return before.name() + " was changed after it was written";
        if (header.run() == before.run()) return "segments between " + before.name() + " and " + name + " are missing";
        if (Arrays.equals(header.previousSha256(), NOTHING))
            return name + " begins anew: who took over could not read what was before";
        return name + " was not written after " + before.name() + ": one is missing, was changed or came late";
    }
}
