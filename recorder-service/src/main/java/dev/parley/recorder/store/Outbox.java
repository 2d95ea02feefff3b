package dev.parley.recorder.store;

import dev.parley.contracts.recording.CallbackView;
import dev.parley.contracts.recording.RecordingCallback;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.recorder.domain.CallbackHistory;
import dev.parley.recorder.domain.CallbackRules;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What waits to be told to others. Of one recording only the oldest untold row is ever given out, and to one node only, so that order
 * holds across nodes. Blocking.
 */
@ApplicationScoped
public class Outbox implements CallbackHistory {
    /** @param attempts made before this one */
    public record Callback(
            String bizRequestId,
            String recordId,
            String bizName,
            String url,
            String host,
            String body,
            int attempts,
            long createdAtMs) {}

    private final Db db;
    private final Json json;

    Outbox(Db db, Json json) {
        this.db = db;
        this.json = json;
    }

    /**
     * Gives untold events to the publisher and marks those told when its Uni has its item; when that fails, they stay.
     *
     * @return how many
     */
    public int publish(Function<RecordingEvent, Uni<Void>> publisher) {
        String sql = "select * from recorder.recording_event e where not published and not exists (select 1 from"
                + " recorder.recording_event b where b.record_id = e.record_id and b.seq < e.seq and not b.published)"
                + " order by at_ms limit 50 for update skip locked";
        return db.transaction(() -> Panache.getSession()
                .chain(s -> s.createNativeQuery(sql, EventRow.class).getResultList())
                .chain(rows -> {
                    Uni<Void> all = Uni.createFrom().voidItem();
                    for (EventRow row : rows) {
                        all = all.chain(() -> publisher.apply(json.read(row.event, RecordingEvent.class)))
                                .invoke(() -> row.published = true);
                    }
                    return all.replaceWith(rows.size());
                }));
    }

    /**
     * Takes callbacks that are due; they come again at the time given unless {@link #delivered} or {@link #failed} is called before.
     *
     * @param perHost how many of one business server, so that a slow one keeps no other waiting
     * @param busy    servers that get none now
     */
    public List<Callback> takeCallbacks(long nowMs, long untilMs, int atMost, int perHost, Collection<String> busy) {
        String due = "select biz_request_id, row_number() over (partition by host order by next_at_ms) as place"
                + " from recorder.callback c where state = 'PENDING' and next_at_ms <= ?1 and host not in (?2)"
                + " and not exists (select 1 from recorder.callback b"
                + " where b.record_id = c.record_id and b.seq < c.seq and b.state = 'PENDING')";
        String sql =
                "select * from recorder.callback where state = 'PENDING' and next_at_ms <= ?1 and biz_request_id in"
                        + " (select biz_request_id from (" + due + ") d where place <= ?3)"
                        + " order by next_at_ms limit ?4 for update skip locked";
        List<String> hosts = busy.isEmpty() ? List.of("") : List.copyOf(busy);
        return db.transaction(() -> Panache.getSession()
                .chain(s -> s.createNativeQuery(sql, CallbackRow.class)
                        .setParameter(1, nowMs)
                        .setParameter(2, hosts)
                        .setParameter(3, perHost)
                        .setParameter(4, atMost)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> {
                            row.nextAtMs = untilMs;
                            row.attempts++;
                            return new Callback(
                                    row.bizRequestId,
                                    row.recordId,
                                    row.bizName,
                                    row.url,
                                    row.host,
                                    row.body,
                                    row.attempts - 1,
                                    row.createdAtMs);
                        })
                        .toList()));
    }

    public void delivered(String bizRequestId) {
        db.transaction(() -> CallbackRow.update(
                "state = ?1, lastError = '' where bizRequestId = ?2", CallbackRow.DONE, bizRequestId));
    }

    /** @param error kept for the operator, cut at 500 characters */
    public void failed(Callback callback, String error, long nowMs) {
        long next = CallbackRules.nextAtMs(callback.createdAtMs(), callback.attempts() + 1, nowMs);
        String text =
                Optional.ofNullable(error).orElse("").substring(0, Math.min(500, error == null ? 0 : error.length()));
        db.transaction(() -> CallbackRow.update(
                "state = ?1, nextAtMs = ?2, lastError = ?3 where bizRequestId = ?4",
                next == 0 ? CallbackRow.EXPIRED : CallbackRow.PENDING,
                next == 0 ? nowMs : next,
                text,
                callback.bizRequestId()));
    }

    @Override
    public List<CallbackView> of(String recordId) {
        return db.transaction(() -> CallbackRow.<CallbackRow>list("recordId = ?1 order by seq", recordId)).stream()
                .map(row -> new CallbackView(
                        row.bizRequestId,
                        json.read(row.body, RecordingCallback.class).eventCode(),
                        row.url,
                        row.state,
                        row.attempts,
                        row.createdAtMs,
                        row.nextAtMs,
                        row.lastError))
                .toList();
    }

    @Override
    public boolean replay(String recordId, String bizRequestId, long nowMs) {
        return db.transaction(() -> CallbackRow.update(
                        "state = ?1, nextAtMs = ?2 where bizRequestId = ?3 and recordId = ?4",
                        CallbackRow.PENDING,
                        nowMs,
                        bizRequestId,
                        recordId))
                > 0;
    }
}
