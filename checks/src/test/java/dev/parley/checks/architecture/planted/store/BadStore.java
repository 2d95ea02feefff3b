package dev.parley.checks.architecture.planted.store;

import dev.parley.checks.architecture.planted.api.BadResource;

/** Knows an endpoint, for ArchitectureTest. */
public final class BadStore {
    public void save() {
        new BadResource().post(this);
    }
}
