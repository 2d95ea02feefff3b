package dev.parley.signaling.store;

import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.port.RoomLog;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Table {@code room_log}, but for writing it: {@link RoomStore} does. */
@ApplicationScoped
public class LogStore implements RoomLog {
    private final Db db;
    private final Clock clock;

    LogStore(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public List<LogEntry> read(String roomId, long after, long upTo, int limit) {
        return db.transaction(
                () -> LogRow.<LogRow>find("roomId = ?1 and seq > ?2 and seq <= ?3 order by seq", roomId, after, upTo)
                        .page(0, limit)
                        .list()
                        .map(rows -> rows.stream().map(LogRow::entry).toList()));
    }

    @Override
    public Map<String, Long> lastSeq(Collection<String> roomIds) {
        if (roomIds.isEmpty()) return Map.of();
        return db.transaction(() -> Panache.getSession()
                .chain(session -> session.createQuery("select id, seq from RoomRow where id in ?1", Object[].class)
                        .setParameter(1, List.copyOf(roomIds))
                        .getResultList())
                .map(rows -> {
                    var seqs = new HashMap<String, Long>();
                    for (Object[] row : rows) seqs.put((String) row[0], (Long) row[1]);
                    return seqs;
                }));
    }

    @Override
    public void published(String roomId, Collection<Long> seqs) {
        if (seqs.isEmpty()) return;
        db.transaction(
                () -> LogRow.update("published = true where roomId = ?1 and seq in ?2", roomId, List.copyOf(seqs)));
    }

    @Override
    public List<LogEntry> unpublished(long olderThanMs, int limit) {
        long before = clock.millis() - olderThanMs;
        return db.transaction(
                () -> LogRow.<LogRow>find("published = false and atMs < ?1 order by atMs, roomId, seq", before)
                        .page(0, limit)
                        .list()
                        .map(rows -> rows.stream().map(LogRow::entry).toList()));
    }

    @Override
    public void forget(long olderThanMs) {
        long before = clock.millis() - olderThanMs;
        db.transaction(() -> LogRow.delete("atMs < ?1 and published = true", before)
                .chain(() -> RequestKeyRow.delete("atMs < ?1", before)));
    }
}
