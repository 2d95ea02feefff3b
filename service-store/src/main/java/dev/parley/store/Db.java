package dev.parley.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs one reactive transaction and waits for it. On virtual or worker threads only: an event loop may not wait. */
@ApplicationScoped
public class Db {
    private static final Logger LOG = Logger.getLogger(Db.class);

    /** PostgreSQL, appendix A: connection exception, insufficient resources, operator intervention, system error. */
    private static final String[] AWAY_CLASSES = {"08", "53", "57", "58"};

    private static final String UNIQUE_VIOLATION = "23505";

    private final Duration deadline;

    /** {@code deadlineMs}: how long a transaction may take, milliseconds. */
    Db(@ConfigProperty(name = "parley.store.deadline-ms", defaultValue = "10000") long deadlineMs) {
        deadline = Duration.ofMillis(deadlineMs);
    }

    /**
     * Commits when the work's Uni has its item, rolls back and throws what it failed with when it fails. Errors: UNAVAILABLE when the
     * database is away or does not answer in time; then it is not known whether the work was done.
     */
    public <T> T transaction(Supplier<Uni<T>> work) {
        try {
            return run(work);
        } catch (Throwable e) { // what driver and framework throw has no common type
            throw refusal(e);
        }
    }

    /** The same for inserts; false when a unique key is taken. */
    public <T> boolean unlessTaken(Supplier<Uni<T>> work) {
        try {
            run(work);
            return true;
        } catch (Throwable e) {
            if (isCausedBy(e, Db::isUniqueViolation)) return false;
            throw refusal(e);
        }
    }

    private <T> T run(Supplier<Uni<T>> work) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(work).ifNoItem().after(deadline).fail());
    }

    private static RuntimeException refusal(Throwable e) {
        if (e instanceof RefusedException refused) return refused;
        if (isCausedBy(e, Db::isAway)) {
            LOG.debugf("the database is away: %s", e.toString());
            return new RefusedException(ErrorCode.UNAVAILABLE);
        }
        if (e instanceof Error error) throw error;
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    private static boolean isUniqueViolation(Throwable e) {
        return e instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())
                || e instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }

    private static boolean isAway(Throwable e) {
        if (e instanceof IOException || e instanceof VertxException || e instanceof TimeoutException) return true;
        String state = e instanceof PgException pg ? pg.getSqlState() : null;
        if (state != null) for (String away : AWAY_CLASSES) if (state.startsWith(away)) return true;
        return false;
    }

    /** Hibernate wraps the driver's error, and hangs it on the roll-back's when that fails too. */
    private static boolean isCausedBy(Throwable e, Predicate<Throwable> what) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (what.test(t)) return true;
            for (Throwable suppressed : t.getSuppressed()) if (isCausedBy(suppressed, what)) return true;
        }
        return false;
    }
}
