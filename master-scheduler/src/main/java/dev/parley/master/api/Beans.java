package dev.parley.master.api;

import dev.parley.master.domain.NodeStore;
import dev.parley.master.domain.NodeWatch;
import dev.parley.master.domain.PlacementStore;
import dev.parley.master.domain.Placer;
import dev.parley.master.domain.Registry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain classes of the domain. */
@Dependent
class Beans {
    @Produces
    @Singleton
    Registry registry() {
        return new Registry();
    }

    @Produces
    @Singleton
    NodeWatch watch(Registry registry, NodeStore store) {
        return new NodeWatch(registry, store);
    }

    @Produces
    @Singleton
    Placer placer(Registry registry, PlacementStore store) {
        return new Placer(registry, store);
    }
}
