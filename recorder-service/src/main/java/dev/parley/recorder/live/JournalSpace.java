package dev.parley.recorder.live;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** How much of this node's disk journals may take, all recordings together; what is stored elsewhere is given back. Thread safe. */
public final class JournalSpace {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    /** @param bytesMax Long.MAX_VALUE = as much as the disk has */
    public JournalSpace(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @throws IOException when it would be too much, with the words of a full disk */
    void take(long more) throws IOException {
        if (bytes.addAndGet(more) <= bytesMax) return;
        bytes.addAndGet(-more);
        throw new IOException("No space left for journals: " + bytesMax + " bytes are allowed");
    }

    /** What is on the disk already counts, even beyond the limit. */
    void found(long more) {
        bytes.addAndGet(more);
    }

    void give(long less) {
        bytes.addAndGet(-less);
    }

    long bytes() {
        return bytes.get();
    }
}
