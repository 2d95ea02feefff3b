package dev.parley.bench.load.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of struct mmsghdr, each with one buffer of its own and, for receiving, room for control messages.
 *
 * <pre>mmsghdr (64 bytes): 0 name* | 8 namelen | 16 iov* | 24 iovlen | 32 control* | 40 controllen | 48 flags | 56 bytes transferred
 * iovec (16 bytes):   0 base* | 8 length</pre>
 */
final class Messages {
    static final int HEADER_BYTES = 64;
    private static final int VECTOR_BYTES = 16;

    final int count;
    final int slotBytes;
    final int controlBytes;
    final MemorySegment headers;
    final MemorySegment data;
    final MemorySegment control;
    private final MemorySegment vectors;

    Messages(Arena arena, int count, int slotBytes, int controlBytes) {
        this.count = count;
        this.slotBytes = slotBytes;
        this.controlBytes = controlBytes;
        headers = arena.allocate((long) count * HEADER_BYTES, 8);
        vectors = arena.allocate((long) count * VECTOR_BYTES, 8);
        data = arena.allocate((long) count * slotBytes, 64);
        control = arena.allocate(Math.max(8L, (long) count * controlBytes), 8);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            long vector = (long) i * VECTOR_BYTES;
            vectors.set(ADDRESS, vector, data.asSlice((long) i * slotBytes, slotBytes));
            vectors.set(JAVA_LONG, vector + 8, slotBytes);
            headers.set(ADDRESS, header + 16, vectors.asSlice(vector, VECTOR_BYTES));
            headers.set(JAVA_LONG, header + 24, 1);
            if (controlBytes > 0) {
                headers.set(ADDRESS, header + 32, control.asSlice((long) i * controlBytes, controlBytes));
                headers.set(JAVA_LONG, header + 40, controlBytes);
            }
        }
    }

    int transferred(int message) {
        return headers.get(JAVA_INT, (long) message * HEADER_BYTES + 56);
    }

    void length(int message, int bytes) {
        vectors.set(JAVA_LONG, (long) message * VECTOR_BYTES + 8, bytes);
    }

    long controlLength(int message) {
        return headers.get(JAVA_LONG, (long) message * HEADER_BYTES + 40);
    }

    /** The kernel writes back how much it used. */
    void resetControl(int message) {
        headers.set(JAVA_LONG, (long) message * HEADER_BYTES + 40, controlBytes);
    }
}
