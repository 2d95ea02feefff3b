package dev.parley.signaling.app;

import dev.parley.signaling.domain.FileLimits;
import dev.parley.signaling.domain.RoomLimits;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What everything else is given. */
public class Beans {
    /** One start of one copy. */
    public record Instance(String id) {}

    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Instance instance(Settings settings) {
        return new Instance(
                settings.nodeId() + "/" + UUID.randomUUID().toString().substring(0, 8));
    }

    @Produces
    @Singleton
    RoomLimits limits(Settings settings) {
        var limits = settings.limits();
        var files = settings.files();
        return new RoomLimits(
                limits.capacityMax(),
                limits.feedsPerParticipant(),
                limits.subscriptionsPerParticipant(),
                limits.recordingsPerRoom(),
                limits.playbacksPerRoom(),
                settings.emptyGraceSeconds() * 1_000L,
                new FileLimits(
                        files.bytesMax(),
                        files.typesAllowed().orElse(List.of()),
                        files.typesDenied().orElse(List.of()),
                        files.offersPerParticipant(),
                        files.uploadSeconds() * 1_000L,
                        files.linkSeconds() * 1_000L));
    }
}
