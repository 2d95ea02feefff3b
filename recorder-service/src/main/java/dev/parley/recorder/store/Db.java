package dev.parley.recorder.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs a reactive transaction and waits for it. From virtual or worker threads only: an event loop may not wait. */
@ApplicationScoped
public class Db {
    private static final Logger LOG = Logger.getLogger(Db.class);
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final String UNIQUE_VIOLATION = "23505";

    /** Commits when the work's Uni has its item, rolls back when it fails. Errors: UNAVAILABLE when the database does not answer. */
    public <T> T transaction(Supplier<Uni<T>> work) {
        try {
            return run(work);
        } catch (RefusedException e) {
            throw e;
        } catch (Throwable e) { // what the driver throws has no common type
            throw away(e);
        }
    }

    /** The same for inserts; false when a unique key is taken. */
    public <T> boolean unlessTaken(Supplier<Uni<T>> work) {
        try {
            run(work);
            return true;
        } catch (Throwable e) {
            if (uniqueViolated(e)) return false;
            throw away(e);
        }
    }

    private static <T> T run(Supplier<Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(work).ifNoItem().after(DEADLINE).fail());
    }

    /** Hibernate wraps the driver's error, and hangs it on the roll-back's when that fails too. */
    private static boolean uniqueViolated(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())) return true;
            if (t instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) return true;
            for (Throwable suppressed : t.getSuppressed()) if (uniqueViolated(suppressed)) return true;
        }
        return false;
    }

    private static RefusedException away(Throwable e) {
        LOG.error("a transaction failed", e);
        return new RefusedException(ErrorCode.UNAVAILABLE);
    }
}
