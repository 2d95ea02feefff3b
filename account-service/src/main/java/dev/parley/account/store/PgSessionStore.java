package dev.parley.account.store;

import dev.parley.account.domain.Session;
import dev.parley.account.domain.SessionStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Sessions in PostgreSQL; those of an account that are over go when it signs in again. */
@ApplicationScoped
public class PgSessionStore implements SessionStore {
    private static final String COLUMNS = "s.id as session_id, s.person, s.kind, s.address as session_address, s.agent,"
            + " s.created_at_ms as session_created_at_ms, s.last_used_at_ms, s.ends_at_ms";

    private static final String LIVE = "select " + COLUMNS + ", " + PgAccountStore.COLUMNS + PgAccountStore.TABLES
            + " join account.session s on s.person = p.number where p.enabled and c.enabled and s.ends_at_ms > $2";

    private final Sql sql;

    PgSessionStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void add(Session s, byte[] sidDigest) {
        sql.transaction(connection -> Sql.execute(
                        connection,
                        "delete from account.session where person = $1 and (ends_at_ms <= $2 or id in (select id from"
                                + " account.session where person = $1 order by last_used_at_ms desc offset $3))",
                        s.account(),
                        s.createdAtMs(),
                        Session.PER_ACCOUNT_MAX - 1)
                .flatMap(_ -> Sql.execute(
                        connection,
                        "insert into account.session (id, person, sid_digest, kind, address, agent, created_at_ms,"
                                + " last_used_at_ms, ends_at_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                        s.id(),
                        s.account(),
                        Buffer.buffer(sidDigest),
                        s.kind(),
                        s.address(),
                        s.agent(),
                        s.createdAtMs(),
                        s.lastUsedAtMs(),
                        s.endsAtMs())));
    }

    @Override
    public Optional<Live> find(String id, long nowMs) {
        return sql.one(LIVE + " and s.id = $1", PgSessionStore::live, id, nowMs);
    }

    @Override
    public Optional<Live> use(byte[] sidDigest, long nowMs) {
        var digest = Buffer.buffer(sidDigest);
        sql.change(
                "update account.session set last_used_at_ms = $2, ends_at_ms = least($2::bigint + $3::bigint, created_at_ms + $4)"
                        + " where sid_digest = $1 and ends_at_ms > $2",
                digest,
                nowMs,
                Session.IDLE_MS,
                Session.LIFE_MAX_MS);
        return sql.one(LIVE + " and s.sid_digest = $1", PgSessionStore::live, digest, nowMs);
    }

    @Override
    public List<Session> list(long account, long nowMs) {
        return sql.list(
                "select " + COLUMNS + " from account.session s where s.person = $1 and s.ends_at_ms > $2"
                        + " order by s.created_at_ms desc",
                PgSessionStore::session,
                account,
                nowMs);
    }

    @Override
    public boolean delete(String id) {
        return sql.change("delete from account.session where id = $1", id) == 1;
    }

    @Override
    public void deleteAll(long account, String exceptId) {
        sql.change("delete from account.session where person = $1 and id <> $2", account, exceptId);
    }

    private static Live live(Row row) {
        return new Live(session(row), PgAccountStore.read(row));
    }

    private static Session session(Row row) {
        return new Session(
                row.getString("session_id"),
                row.getLong("person"),
                row.getString("kind"),
                row.getString("session_address"),
                row.getString("agent"),
                row.getLong("session_created_at_ms"),
                row.getLong("last_used_at_ms"),
                row.getLong("ends_at_ms"));
    }
}
