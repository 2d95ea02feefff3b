package dev.parley.relay.kafka;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.contracts.event.Topics;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.relay.RelaySettings;
import dev.parley.relay.rooms.RelayRooms;
import dev.parley.relay.tap.TapServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Topic {@link Topics#NODE_HEARTBEATS}, {@code node.heartbeat.v1}, once a second, key node id. */
@ApplicationScoped
public class NodeHeartbeats {
    private static final long PERIOD_MS = 1_000;
    private static final Logger LOG = Logger.getLogger(NodeHeartbeats.class);

    private final Emitter<Record<String, String>> topic;
    private final EventQueue queue;
    private final RelaySettings settings;
    private final RelayRooms rooms;
    private final TapServer tap;
    private final String bootId = UUID.randomUUID().toString();
    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("heartbeat").daemon().unstarted(task));

    NodeHeartbeats(
            @Channel("node-heartbeats") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<Record<String, String>> topic,
            EventQueue queue,
            RelaySettings settings,
            RelayRooms rooms,
            TapServer tap) {
        this.topic = topic;
        this.queue = queue;
        this.settings = settings;
        this.rooms = rooms;
        this.tap = tap;
    }

    void start(@Observes StartupEvent event) {
        clock.scheduleAtFixedRate(this::beat, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        clock.shutdownNow();
    }

    private void beat() {
        try {
            if (tap.address() == null) return; // still starting
            queue.offer(topic, "node.heartbeat.v1", settings.nodeId(), now());
        } catch (RuntimeException e) {
            LOG.error("no heartbeat", e); // a thrown exception would end the schedule, and with it the node
        }
    }

    NodeHeartbeat now() {
        return new NodeHeartbeat(
                settings.nodeId(),
                bootId,
                NodeKind.RELAY,
                settings.url(),
                tap.address(),
                settings.region().equals("none") ? "" : settings.region(),
                load(),
                rooms.size(),
                rooms.draining(),
                System.currentTimeMillis());
    }

    /** This process' share of the machine, 0 to 1. */
    private double load() {
        double cpu = machine.getProcessCpuLoad();
        return cpu >= 0 ? Math.min(1, cpu) : 0;
    }
}
