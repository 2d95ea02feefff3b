package dev.parley.signaling.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.app.Settings;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Runs one transaction and waits for it. Call on a virtual thread, never on an event loop. */
@Singleton
final class Db {
    private static final Logger LOG = Logger.getLogger(Db.class);
    /** PostgreSQL, appendix A: connection exception, insufficient resources, operator intervention, system error. */
    private static final String[] AWAY_CLASSES = {"08", "53", "57", "58"};

    private final Duration deadline;

    Db(Settings settings) {
        deadline = Duration.ofMillis(settings.storeDeadlineMs());
    }

    /**
     * Commits when the work succeeds, rolls back and throws what it threw when it fails. Errors: UNAVAILABLE when the database is away or
     * does not answer in time; then it is not known whether the work was done.
     */
    <T> T transaction(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() ->
                    Panache.withTransaction(work).ifNoItem().after(deadline).fail());
        } catch (Throwable e) { // what driver and framework throw has no common type
            if (e instanceof RefusedException refused) throw refused;
            if (isAway(e)) {
                LOG.debugf("the database is away: %s", e.toString());
                throw new RefusedException(ErrorCode.UNAVAILABLE);
            }
            if (e instanceof RuntimeException || e instanceof Error) throw sneaky(e);
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException sneaky(Throwable e) {
        if (e instanceof Error error) throw error;
        return (RuntimeException) e;
    }

    private static boolean isAway(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof IOException || t instanceof VertxException || t instanceof TimeoutException) return true;
            if (t instanceof PgException pg) {
                for (String state : AWAY_CLASSES)
                    if (pg.getSqlState() != null && pg.getSqlState().startsWith(state)) return true;
            }
            for (Throwable suppressed : t.getSuppressed()) if (isAway(suppressed)) return true;
        }
        return false;
    }
}
