package dev.parley.checks.architecture.planted.api;

import dev.parley.checks.architecture.planted.store.BadStore;

/** Knows an adapter, for ArchitectureTest. */
public final class BadResource {
    public void post(BadStore store) {
        store.save();
    }
}
