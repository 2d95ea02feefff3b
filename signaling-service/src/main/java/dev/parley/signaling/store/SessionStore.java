package dev.parley.signaling.store;

import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.Sessions;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Tables {@code session} and {@code signaling_node}. */
@ApplicationScoped
public class SessionStore implements Sessions {
    private final Db db;
    /** How long a copy has to finish taking a dead session out of its room before another tries, milliseconds. */
    private static final long BURIAL_LEASE_MS = 5_000;

    private final Clock clock;

    SessionStore(Db db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public List<Session> open(String id, Identity who, String resumeTokenHash, String owner) {
        return db.transaction(() -> Panache.getSession()
                // Two connects of one user at the same moment: one after the other.
                .chain(session -> session.createNativeQuery(
                                "select cast(pg_advisory_xact_lock(hashtextextended(?1, 0)) as text)", String.class)
                        .setParameter(1, who.bizName() + '\n' + who.uid())
                        .getSingleResult())
                .chain(() -> SessionRow.<SessionRow>list(
                        "bizName = ?1 and uid = ?2 and dead = false", who.bizName(), who.uid()))
                .chain(rows -> {
                    for (SessionRow row : rows) die(row);
                    var displaced = rows.stream().map(SessionRow::session).toList();
                    return Panache.getSession()
                            .chain(session -> session.flush())
                            .replaceWith(displaced);
                })
                .chain(displaced -> {
                    var row = new SessionRow();
                    row.id = id;
                    row.bizName = who.bizName();
                    row.uid = who.uid();
                    row.displayName = who.displayName();
                    row.tokenRoom = who.room();
                    row.role = who.role().name();
                    row.scopes = Scope.format(who.scopes());
                    row.resumeTokenHash = resumeTokenHash;
                    row.owner = owner;
                    row.epoch = 1;
                    return row.persist().replaceWith(displaced);
                }));
    }

    @Override
    public Optional<Session> resume(String id, String resumeTokenHash, String owner) {
        return Optional.ofNullable(db.transaction(() -> locked(id).map(row -> {
            if (row == null || row.dead || !row.resumeTokenHash.equals(resumeTokenHash)) return null;
            row.owner = owner;
            row.epoch++;
            row.deadlineMs = 0;
            return row.session();
        })));
    }

    @Override
    public Optional<Session> reclaim(String id, int epoch, String owner) {
        return Optional.ofNullable(db.transaction(() -> locked(id).map(row -> {
            if (row == null || row.dead || row.epoch != epoch || row.owner != null) return null;
            row.owner = owner;
            row.deadlineMs = 0;
            return row.session();
        })));
    }

    @Override
    public Optional<Session> lose(String id, int epoch, long graceMs) {
        return Optional.ofNullable(db.transaction(() -> locked(id).map(row -> {
            if (row == null || row.dead || row.epoch != epoch || row.deadlineMs != 0) return null;
            row.owner = null;
            row.deadlineMs = clock.millis() + graceMs;
            return row.session();
        })));
    }

    @Override
    public Optional<Session> kill(String id) {
        return Optional.ofNullable(db.transaction(() -> locked(id).map(row -> {
            if (row == null || row.dead) return null;
            die(row);
            return row.session();
        })));
    }

    @Override
    public List<Session> expired(int limit) {
        return db.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select * from {h-schema}session where deadline_ms > 0 and deadline_ms <= ?1 order by deadline_ms limit ?2 for update skip locked",
                                SessionRow.class)
                        .setParameter(1, clock.millis())
                        .setParameter(2, limit)
                        .getResultList())
                .map(rows -> {
                    for (SessionRow row : rows) die(row);
                    return rows.stream().map(SessionRow::session).toList();
                }));
    }

    @Override
    public void bury(String id) {
        db.transaction(() -> SessionRow.delete("id = ?1 and dead = true", id));
    }

    @Override
    public List<Session> orphans(long staleMs, long graceMs, int limit) {
        return db.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                select * from {h-schema}session where owner is not null and owner not in
                                  (select instance from {h-schema}signaling_node where last_seen_ms > cast(extract(epoch from clock_timestamp()) * 1000 as bigint) - ?1)
                                limit ?2 for update skip locked""", SessionRow.class)
                        .setParameter(1, staleMs)
                        .setParameter(2, limit)
                        .getResultList())
                .map(rows -> {
                    for (SessionRow row : rows) {
                        row.owner = null;
                        if (row.deadlineMs == 0) row.deadlineMs = clock.millis() + graceMs;
                    }
                    return rows.stream().map(SessionRow::session).toList();
                }));
    }

    @Override
    public boolean online(String bizName, String uid) {
        return db.transaction(() ->
                        SessionRow.count("bizName = ?1 and uid = ?2 and dead = false and deadlineMs = 0", bizName, uid))
                > 0;
    }

    @Override
    public List<Session> ownedBy(String owner) {
        return db.transaction(() -> SessionRow.<SessionRow>list("owner = ?1 and dead = false", owner)
                .map(rows -> rows.stream().map(SessionRow::session).toList()));
    }

    @Override
    public void beat(String instance) {
        db.transaction(() -> Panache.getSession()
                .chain(session ->
                        session.createNativeQuery("""
                                insert into {h-schema}signaling_node (instance, last_seen_ms)
                                values (?1, cast(extract(epoch from clock_timestamp()) * 1000 as bigint))
                                on conflict (instance) do update set last_seen_ms = excluded.last_seen_ms""").setParameter(1, instance).executeUpdate()));
    }

    @Override
    public void leave(String instance) {
        db.transaction(() -> NodeRow.delete("instance = ?1", instance));
    }

    private Uni<SessionRow> locked(String id) {
        return SessionRow.findById(id, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
    }

    private void die(SessionRow row) {
        row.dead = true;
        row.owner = null;
        row.deadlineMs = clock.millis() + BURIAL_LEASE_MS;
    }
}
