package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.LogEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reading rooms' logs and noting what of them has reached Kafka. All calls block. Errors: UNAVAILABLE when the store is away. */
public interface RoomLog {
    /** Events with {@code after < seq <= upTo}, in order, at most {@code limit}. */
    List<LogEntry> read(String roomId, long after, long upTo, int limit);

    /** The last seq of each of these rooms. */
    Map<String, Long> lastSeq(Collection<String> roomIds);

    /** The broker has these. */
    void published(String roomId, Collection<Long> seqs);

    /**
     * Events that a crash or Kafka's absence left unpublished, of each room in order, the oldest first. Two copies may get the same ones.
     *
     * @param olderThanMs age from which an event counts as left over, milliseconds
     */
    List<LogEntry> unpublished(long olderThanMs, int limit);

    /** Forgets events and request keys older than this. */
    void forget(long olderThanMs);
}
