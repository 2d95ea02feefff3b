package dev.parley.account.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Statements as they are, for tables that are searched, paged and counted; waits for the answer. From virtual or worker threads only.
 * Errors: UNAVAILABLE when the database does not answer.
 */
@ApplicationScoped
public class Sql {
    private static final Logger LOG = Logger.getLogger(Sql.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Pool pool;

    Sql(Pool pool) {
        this.pool = pool;
    }

    /** A row that breaks a unique key or a foreign key, which callers expect. */
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final boolean unique;

        Conflict(boolean unique) {
            super(null, null, false, false);
            this.unique = unique;
        }
    }

    <T> List<T> list(String sql, Function<Row, T> read, Object... values) {
        return rows(await(execute(pool, sql, values)), read);
    }

    <T> Optional<T> one(String sql, Function<Row, T> read, Object... values) {
        return list(sql, read, values).stream().findFirst();
    }

    /** How many rows it changed. */
    int change(String sql, Object... values) {
        return await(execute(pool, sql, values)).rowCount();
    }

    <T> T transaction(Function<SqlConnection, Uni<T>> work) {
        return await(pool.withTransaction(work));
    }

    /**
     * Reads a row under a lock, lets the rules change it, and writes what they say, in one transaction.
     *
     * @param read  select ... for update
     * @param write statement and values
     */
    <T> Optional<T> changeLocked(
            String read, Function<Row, T> reader, Function<T, T> rules, Function<T, Write> write, Object... values) {
        return transaction(connection -> execute(connection, read, values).flatMap(found -> {
            var rows = rows(found, reader);
            if (rows.isEmpty()) return Uni.createFrom().item(Optional.<T>empty());
            T changed = rules.apply(rows.getFirst());
            var statement = write.apply(changed);
            return execute(connection, statement.sql, statement.values.toArray())
                    .replaceWith(Optional.of(changed));
        }));
    }

    record Write(String sql, List<Object> values) {}

    static Uni<RowSet<Row>> execute(SqlClient client, String sql, Object... values) {
        return client.preparedQuery(sql).execute(Tuple.from(values));
    }

    static <T> List<T> rows(RowSet<Row> set, Function<Row, T> read) {
        var all = new ArrayList<T>();
        for (Row row : set) all.add(read.apply(row));
        return all;
    }

    private static <T> T await(Uni<T> work) {
        try {
            return work.await().atMost(DEADLINE);
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            for (Throwable t = e; t != null; t = t.getCause()) {
                if (t instanceof PgException pg) {
                    if (UNIQUE_VIOLATION.equals(pg.getSqlState())) throw new Conflict(true);
                    if (FOREIGN_KEY_VIOLATION.equals(pg.getSqlState())) throw new Conflict(false);
                }
            }
            LOG.error("a statement failed", e);
            throw new RefusedException(ErrorCode.UNAVAILABLE);
        }
    }
}
