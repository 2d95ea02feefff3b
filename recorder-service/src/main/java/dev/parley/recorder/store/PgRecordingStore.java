package dev.parley.recorder.store;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingRules;
import dev.parley.recorder.domain.RecordingStore;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recordings in PostgreSQL. Whoever takes work takes rows that nobody else holds (FOR UPDATE SKIP LOCKED), so no node is special. */
@ApplicationScoped
public class PgRecordingStore implements RecordingStore {
    private static final String WAITING = "w.state = 'COMPOSING' and w.journal_closed and w.compose_at_ms <= ?1";

    private final Db db;
    private final Json json;
    private final EventWriter events;

    PgRecordingStore(Db db, Json json, EventWriter events) {
        this.db = db;
        this.json = json;
        this.events = events;
    }

    @Override
    public Created create(StartRecording request, String owner, long nowMs, long leaseUntilMs) {
        Recording begun = Recording.begin(request, owner, nowMs, leaseUntilMs);
        boolean added = db.unlessTaken(() -> RecordingRow.of(begun, json).persistAndFlush());
        return added
                ? new Created(begun, true)
                : new Created(find(request.recordId()).orElse(begun), false);
    }

    @Override
    public Optional<Recording> find(String recordId) {
        return db.transaction(
                () -> RecordingRow.<RecordingRow>findById(recordId).map(this::view));
    }

    @Override
    public Page list(Filter f) {
        var where = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        if (!f.bizName().isEmpty()) where.add(bound(values, "bizName = :bizName", f.bizName()));
        if (!f.roomId().isEmpty()) where.add(bound(values, "roomId = :roomId", f.roomId()));
        if (!f.starterUid().isEmpty()) where.add(bound(values, "starterUid = :starterUid", f.starterUid()));
        if (!f.name().isEmpty()) where.add(bound(values, "lower(name) like :name escape '!'", containing(f.name())));
        if (f.fromMs() > 0) where.add(bound(values, "createdAtMs >= :fromMs", f.fromMs()));
        if (f.toMs() > 0) where.add(bound(values, "createdAtMs < :toMs", f.toMs()));
        if (where.isEmpty()) where.add("1 = 1");
        String query = String.join(" and ", where);
        return db.transaction(() -> RecordingRow.count(query, values)
                .chain(total -> RecordingRow.<RecordingRow>find(query + " order by createdAtMs desc, recordId", values)
                        .page(f.page(), f.size())
                        .list()
                        .map(rows -> new Page(views(rows), total))));
    }

    private static String bound(Map<String, Object> values, String condition, Object value) {
        values.put(condition.replaceFirst(".*:([a-zA-Z]+).*", "$1"), value);
        return condition;
    }

    /** The text itself, wherever it stands, and no pattern. */
    private static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    @Override
    public boolean delete(String recordId) {
        return db.transaction(() -> CallbackRow.delete("recordId", recordId)
                .chain(() -> EventRow.delete("recordId", recordId))
                .chain(() -> RecordingRow.delete("recordId", recordId))
                .map(count -> count > 0));
    }

    @Override
    public Optional<Recording> apply(String recordId, RecordingCommand command, long nowMs) {
        return db.transaction(() -> RecordingRow.<RecordingRow>findById(recordId, LockModeType.PESSIMISTIC_WRITE)
                .chain(row -> {
                    if (row == null) return Uni.createFrom().item(Optional.<Recording>empty());
                    var decision = RecordingRules.decide(row.recording(json), command);
                    row.set(decision.next(), json);
                    return events.write(row, decision, nowMs).replaceWith(Optional.of(decision.next()));
                }));
    }

    @Override
    public List<Recording> take(String node, boolean own, long nowMs, long leaseUntilMs) {
        String mine = own ? "owner = ?1 and ?2 > 0" : "?1 <> '' and lease_until_ms < ?2";
        String sql = "select * from recorder.recording where not journal_closed and " + mine
                + " order by created_at_ms limit 500 for update skip locked";
        return db.transaction(() -> rows(sql, node, nowMs)
                .map(rows -> rows.stream()
                        .map(row -> {
                            Recording taken = row.recording(json).takenBy(node, leaseUntilMs);
                            row.set(taken, json);
                            return taken;
                        })
                        .toList()));
    }

    @Override
    public List<Recording> renew(String node, List<String> recordIds, long leaseUntilMs) {
        if (recordIds.isEmpty()) return List.of();
        return db.transaction(() -> RecordingRow.update(
                        "leaseUntilMs = ?1 where owner = ?2 and recordId in ?3", leaseUntilMs, node, recordIds)
                .chain(() -> RecordingRow.<RecordingRow>list("recordId in ?1", recordIds))
                .map(this::views));
    }

    @Override
    public Optional<Recording> takeComposition(String node, long nowMs, long untilMs) {
        // In a room of its own, each recording's turn is how many are before it: running ones, and those that wait
        // longer.
        String turns = "select record_id, row_number() over (partition by room_id order by stopped_at_ms, record_id)"
                + " + (select count(*) from recorder.recording b where b.room_id = w.room_id and b.state = 'COMPOSING'"
                + " and b.compose_at_ms > ?1 and b.composer <> '') as turn from recorder.recording w where "
                + WAITING;
        String sql = "select r.* from recorder.recording r join (" + turns + ") t on t.record_id = r.record_id where "
                + WAITING.replace("w.", "r.") + " order by t.turn, r.stopped_at_ms limit 1 for update of r skip locked";
        return db.transaction(() -> rows(sql, nowMs)
                .map(rows -> rows.stream().findFirst().map(row -> {
                    Recording begun = row.recording(json).composing(node, untilMs);
                    row.set(begun, json);
                    return begun;
                })));
    }

    @Override
    public void releaseCompositions(String node) {
        db.transaction(() -> RecordingRow.update(
                "composeAtMs = 0 where composer = ?1 and state = ?2", node, RecordingState.COMPOSING));
    }

    @Override
    public void renewComposition(String recordId, long untilMs, int progress) {
        db.transaction(() -> RecordingRow.update(
                "composeAtMs = ?1, progress = ?2 where recordId = ?3", untilMs, progress, recordId));
    }

    @Override
    public long compositionsWaiting() {
        return db.transaction(() -> RecordingRow.count("state", RecordingState.COMPOSING));
    }

    private static Uni<List<RecordingRow>> rows(String sql, Object... parameters) {
        return Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(sql, RecordingRow.class);
            for (int i = 0; i < parameters.length; i++) query.setParameter(i + 1, parameters[i]);
            return query.getResultList();
        });
    }

    private Optional<Recording> view(RecordingRow row) {
        return Optional.ofNullable(row).map(r -> r.recording(json));
    }

    private List<Recording> views(List<RecordingRow> rows) {
        return rows.stream().map(row -> row.recording(json)).toList();
    }
}
