package dev.parley.checks.architecture.planted.domain;

import dev.parley.checks.architecture.planted.store.BadStore;
import java.time.Instant;

/** Breaks every rule of a domain, for ArchitectureTest. */
public final class BadDomain {
    public long decide(BadStore store) {
        Thread.ofVirtual().unstarted(store::save);
        return System.currentTimeMillis() + Instant.now().getNano();
    }
}
