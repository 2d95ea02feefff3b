package dev.parley.signaling.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reading rooms' logs and noting what of them has reached Kafka. All calls block. */
@ApplicationScoped
public class LogStore {
    private final Clock clock;

    LogStore(Clock clock) {
        this.clock = clock;
    }

    /** Events with {@code after < seq <= upTo}, in order, at most {@code limit}. */
    public List<LogEntry> read(String roomId, long after, long upTo, int limit) {
        return Db.transaction(
                () -> LogRow.<LogRow>find("roomId = ?1 and seq > ?2 and seq <= ?3 order by seq", roomId, after, upTo)
                        .page(0, limit)
                        .list()
                        .map(rows -> rows.stream().map(LogEntry::of).toList()));
    }

    /** The last seq of each of these rooms. */
    public Map<String, Long> lastSeq(Collection<String> roomIds) {
        if (roomIds.isEmpty()) return Map.of();
        return Db.transaction(() -> Panache.getSession()
                .chain(session -> session.createQuery("select id, seq from RoomRow where id in ?1", Object[].class)
                        .setParameter(1, List.copyOf(roomIds))
                        .getResultList())
                .map(rows -> {
                    var seqs = new HashMap<String, Long>();
                    for (Object[] row : rows) seqs.put((String) row[0], (Long) row[1]);
                    return seqs;
                }));
    }

    public void published(String roomId, Collection<Long> seqs) {
        if (seqs.isEmpty()) return;
        Db.transaction(
                () -> LogRow.update("published = true where roomId = ?1 and seq in ?2", roomId, List.copyOf(seqs)));
    }

    /**
     * Takes log rows that a crash left unpublished, hands them to {@code publish} and marks them, in one transaction; rows that another copy
     * is at are skipped.
     *
     * @param olderThanMs age from which a row counts as left over, milliseconds
     */
    public int sweepUnpublished(long olderThanMs, int limit, java.util.function.Function<LogEntry, Uni<Void>> publish) {
        long before = clock.millis() - olderThanMs;
        return Db.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select * from {h-schema}room_log where not published and at_ms < ?1 order by room_id, seq limit ?2 for update skip locked",
                                LogRow.class)
                        .setParameter(1, before)
                        .setParameter(2, limit)
                        .getResultList())
                .chain(rows -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (LogRow row : rows)
                        all = all.chain(() -> publish.apply(LogEntry.of(row))).invoke(() -> row.published = true);
                    return all.replaceWith(rows.size());
                }));
    }

    /** Forgets events and request keys older than this. */
    public void forget(long olderThanMs) {
        long before = clock.millis() - olderThanMs;
        Db.transaction(() -> LogRow.delete("atMs < ?1 and published = true", before)
                .chain(() -> RequestKeyRow.delete("atMs < ?1", before)));
    }
}
