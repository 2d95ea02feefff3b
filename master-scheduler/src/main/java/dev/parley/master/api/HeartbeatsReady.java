package dev.parley.master.api;

import dev.parley.master.domain.HeartbeatLink;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the heartbeats have been read to their end. From then on placements are answered even while Kafka is away. */
@Readiness
@ApplicationScoped
public class HeartbeatsReady implements HealthCheck {
    private final HeartbeatLink link;
    private volatile boolean everUp;

    HeartbeatsReady(HeartbeatLink link) {
        this.link = link;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up = link.linkUp();
        if (up) everUp = true;
        return HealthCheckResponse.named("heartbeats")
                .status(everUp)
                .withData("linkUp", up)
                .build();
    }
}
