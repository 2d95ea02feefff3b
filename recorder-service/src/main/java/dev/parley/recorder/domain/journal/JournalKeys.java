package dev.parley.recorder.domain.journal;

import java.util.Optional;

/** Where the keys of journals come from. Thread safe. */
public interface JournalKeys {
    /** Journals in the clear. */
    JournalKeys NONE = new JournalKeys() {
        @Override
        public Optional<DataKey> make(String recordId) {
            return Optional.empty();
        }

        @Override
        public Optional<RecordCipher> open(SegmentHeader header) {
            return Optional.empty();
        }
    };

    /** @param wrapped for {@link SegmentHeader#key}: tells only who has the master key how to open what the cipher seals */
    record DataKey(byte[] wrapped, RecordCipher cipher) {}

    /** A new random key, for one taking-up of a recording; empty = it is written in the clear. */
    Optional<DataKey> make(String recordId);

    /** What opens a segment; empty when its master key is not known here, or the header is not what was written. */
    Optional<RecordCipher> open(SegmentHeader header);
}
