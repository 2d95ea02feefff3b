package dev.parley.relay.rooms;

import dev.parley.relay.RelaySettings;
import dev.parley.relay.transport.Background;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Runs {@link WarmUp} once, beside everything else: the relay is ready without it. */
@ApplicationScoped
class WarmUpAtStart {
    private static final Logger LOG = Logger.getLogger(WarmUpAtStart.class);
    private static final long BUDGET_MS = 5_000;

    private final RelaySettings settings;

    WarmUpAtStart(RelaySettings settings) {
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        if (settings.warmUpPackets() > 0) {
            Background.start("warm-up", this::run);
        }
    }

    private void run() {
        long startNs = System.nanoTime();
        try {
            long passed = new WarmUp(settings).run(settings.warmUpPackets(), BUDGET_MS);
            LOG.infof("warmed up by %d packets in %d ms", passed, (System.nanoTime() - startNs) / 1_000_000);
        } catch (Exception e) { // no reason not to serve
            LOG.warnf("the relay starts cold: %s", e);
        }
    }
}
