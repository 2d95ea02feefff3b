package dev.parley.relay.api;

import dev.parley.relay.rooms.RelayRooms;
import dev.parley.relay.tap.TapServer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the media and tap ports are bound. */
@Readiness
@ApplicationScoped
class MediaHealth implements HealthCheck {
    private final RelayRooms rooms;
    private final TapServer tap;

    MediaHealth(RelayRooms rooms, TapServer tap) {
        this.rooms = rooms;
        this.tap = tap;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up = tap.address() != null && rooms.transports().port() > 0;
        return HealthCheckResponse.named("media")
                .status(up)
                .withData("mediaPort", rooms.transports().port())
                .withData("rooms", rooms.size())
                .build();
    }
}
