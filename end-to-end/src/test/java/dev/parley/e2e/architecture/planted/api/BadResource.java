package dev.parley.e2e.architecture.planted.api;

import dev.parley.e2e.architecture.planted.store.BadStore;

/** Knows an adapter, for ArchitectureTest. */
public final class BadResource {
    public void post(BadStore store) {
        store.save();
    }
}
