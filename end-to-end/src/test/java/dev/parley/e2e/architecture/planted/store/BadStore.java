package dev.parley.e2e.architecture.planted.store;

import dev.parley.e2e.architecture.planted.api.BadResource;

/** Knows an endpoint, for ArchitectureTest. */
public final class BadStore {
    public void save() {
        new BadResource().post(this);
    }
}
