package dev.parley.signaling.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Decision;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.Logged;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.Phase;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomInfo;
import dev.parley.signaling.domain.RoomLimits;
import dev.parley.signaling.domain.RoomRules;
import dev.parley.signaling.domain.RoomSettings;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Rooms;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Tables {@code room} (docs/decisions/0003), {@code room_log} and {@code request_key}; the rules decide inside the transaction. */
@ApplicationScoped
public class RoomStore implements Rooms {
    private final Db db;
    private final Documents documents;
    private final Clock clock;

    RoomStore(Db db, Documents documents, Clock clock) {
        this.db = db;
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public Outcome execute(String roomId, RoomCommand command, RoomLimits limits, Step step) {
        return db.transaction(() -> RoomRow.<RoomRow>findById(roomId, LockModeType.PESSIMISTIC_WRITE)
                .chain(row -> {
                    if (row == null) throw new RefusedException(ErrorCode.ROOM_NOT_FOUND);
                    RoomState before = documents.read(row.state, RoomState.class);
                    return repeated(step).chain(result -> {
                        if (result != null)
                            return Uni.createFrom().item(new Outcome(before, Decision.keep(before), List.of(), result));
                        Decision decision =
                                RoomRules.decide(before, command, limits).orThrow();
                        return write(row, before, decision, step);
                    });
                }));
    }

    @Override
    public Outcome create(RoomInfo info, RoomSettings settings, RoomLimits limits, Step step) {
        return db.transaction(() -> repeated(step).chain(result -> {
            if (result != null) return Uni.createFrom().item(new Outcome(null, null, List.of(), result));
            return RoomRow.<RoomRow>findById(info.roomId(), LockModeType.PESSIMISTIC_WRITE)
                    .chain(found -> {
                        RoomState before = found == null ? null : documents.read(found.state, RoomState.class);
                        Decision decision =
                                RoomRules.create(before, info, settings, limits).orThrow();
                        if (found != null) return write(found, before, decision, step);
                        var row = new RoomRow();
                        row.id = info.roomId();
                        row.bizName = info.bizName();
                        row.meetingCode = info.meetingCode();
                        fill(row, decision.next());
                        return row.<RoomRow>persist().chain(made -> write(made, null, decision, step));
                    });
        }));
    }

    private Uni<String> repeated(Step step) {
        if (step.key() == null) return Uni.createFrom().nullItem();
        return RequestKeyRow.<RequestKeyRow>findById(new RequestKeyRow.Key(step.keySession(), step.key()))
                .map(row -> row == null ? null : row.result);
    }

    private Uni<Outcome> write(RoomRow row, RoomState before, Decision decision, Step step) {
        var entries = new ArrayList<LogEntry>();
        var rows = new ArrayList<Object>();
        for (Logged logged : decision.events()) {
            var log = new LogRow();
            log.roomId = row.id;
            log.seq = logged.seq();
            log.type = logged.event().type();
            log.audience = logged.audience().text();
            log.data = documents.write(logged.event());
            log.atMs = clock.millis();
            rows.add(log);
            entries.add(log.entry());
        }
        if (step.key() != null) {
            var key = new RequestKeyRow();
            key.sessionId = step.keySession();
            key.key = step.key();
            key.result = documents.write(step.result().apply(decision));
            key.atMs = clock.millis();
            rows.add(key);
        }
        fill(row, decision.next());
        var gone = new LinkedHashSet<String>();
        if (before != null) gone.addAll(before.participants().keySet());
        gone.removeAll(decision.next().participants().keySet());
        return Panache.getSession()
                .chain(session -> rows.isEmpty() ? Uni.createFrom().voidItem() : session.persistAll(rows.toArray()))
                .chain(() -> gone.isEmpty()
                        ? Uni.createFrom().item(0)
                        : SessionRow.update(
                                "roomId = null, participantId = null where participantId in ?1", List.copyOf(gone)))
                .chain(() -> step.enterSession() == null
                        ? Uni.createFrom().item(1)
                        : SessionRow.update(
                                "roomId = ?1, participantId = ?2 where id = ?3 and dead = false and roomId is null",
                                row.id,
                                step.enterAs(),
                                step.enterSession()))
                .chain(updated -> step.enterSession() == null || updated == 1
                        ? Uni.createFrom().item(new Outcome(before, decision, entries, null))
                        : cannotEnter(step.enterSession()));
    }

    private static Uni<Outcome> cannotEnter(String sessionId) {
        return SessionRow.<SessionRow>findById(sessionId).map(row -> {
            throw new RefusedException(row == null || row.dead ? ErrorCode.SESSION_GONE : ErrorCode.ALREADY_IN_ROOM);
        });
    }

    private void fill(RoomRow row, RoomState next) {
        row.phase = next.phase().name();
        row.seq = next.seq();
        row.emptySinceMs = next.emptySinceMs();
        if (next.media().isSet()) row.mediaHeld = true;
        if (next.phase() == Phase.ENDED && row.endedAtMs == 0) row.endedAtMs = clock.millis();
        if (next.phase() != Phase.ENDED) row.endedAtMs = 0;
        row.state = documents.write(next);
    }

    @Override
    public Optional<RoomState> find(String roomId) {
        return Optional.ofNullable(db.transaction(() -> RoomRow.<RoomRow>findById(roomId)
                .map(row -> row == null ? null : documents.read(row.state, RoomState.class))));
    }

    @Override
    public List<RoomState> living(String bizName) {
        return db.transaction(() -> RoomRow.<RoomRow>find("bizName = ?1 and phase <> 'ENDED' order by id", bizName)
                .page(0, 200)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> documents.read(row.state, RoomState.class))
                        .toList()));
    }

    @Override
    public List<RoomState> living(List<String> bizNames) {
        if (bizNames != null && bizNames.isEmpty()) return List.of();
        return db.transaction(() -> (bizNames == null
                        ? RoomRow.<RoomRow>find("phase <> 'ENDED' order by id")
                        : RoomRow.<RoomRow>find("bizName in ?1 and phase <> 'ENDED' order by id", bizNames))
                .page(0, 200)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> documents.read(row.state, RoomState.class))
                        .toList()));
    }

    @Override
    public List<String> placedOn(String nodeId) {
        return db.transaction(() -> RoomRow.<RoomRow>list("phase <> 'ENDED' and mediaHeld = true")
                .map(rows -> rows.stream()
                        .filter(row -> documents
                                .read(row.state, RoomState.class)
                                .media()
                                .nodeId()
                                .equals(nodeId))
                        .map(row -> row.id)
                        .toList()));
    }

    @Override
    public List<String> emptySince(long beforeMs) {
        return db.transaction(
                () -> RoomRow.<RoomRow>find("phase <> 'ENDED' and emptySinceMs > 0 and emptySinceMs <= ?1", beforeMs)
                        .page(0, 50)
                        .list()
                        .map(rows -> rows.stream().map(row -> row.id).toList()));
    }

    @Override
    public List<RoomState> mediaToRelease() {
        return db.transaction(() -> RoomRow.<RoomRow>find("phase = 'ENDED' and mediaHeld = true")
                .page(0, 50)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> documents.read(row.state, RoomState.class))
                        .toList()));
    }

    @Override
    public void mediaReleased(String roomId) {
        db.transaction(() -> RoomRow.update("mediaHeld = false where id = ?1 and phase = 'ENDED'", roomId));
    }
}
