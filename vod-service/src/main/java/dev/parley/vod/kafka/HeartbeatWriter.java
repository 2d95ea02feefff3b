package dev.parley.vod.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.vod.Node;
import dev.parley.vod.VodConfig;
import dev.parley.vod.player.Playbacks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Topic {@code node.heartbeats}: {@code node.heartbeat.v1} once a second, key node id. One that cannot be sent is not sent later. */
@ApplicationScoped
public class HeartbeatWriter {
    private static final Logger LOG = Logger.getLogger(HeartbeatWriter.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Node node;
    private final VodConfig config;
    private final Playbacks playbacks;
    private final ObjectMapper json;
    private final MutinyEmitter<Record<String, String>> out;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("heartbeat").factory());

    HeartbeatWriter(
            Node node,
            VodConfig config,
            Playbacks playbacks,
            ObjectMapper json,
            @Channel("node-heartbeats") MutinyEmitter<Record<String, String>> out) {
        this.node = node;
        this.config = config;
        this.playbacks = playbacks;
        this.json = json;
        this.out = out;
    }

    void onStart(@Observes StartupEvent event) {
        clockwork.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            send(false).await().atMost(TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("heartbeat: %s", e.getMessage());
        }
    }

    private Uni<Void> send(boolean goingDown) {
        long nowMs = System.currentTimeMillis();
        int running = playbacks.count();
        var beat = new NodeHeartbeat(
                node.id(),
                node.bootId(),
                NodeKind.VOD,
                config.url(),
                null,
                config.region(),
                Math.min(1.0, running / (double) config.playbacksMax()),
                running,
                goingDown || playbacks.draining(),
                nowMs);
        try {
            String value =
                    json.writeValueAsString(CloudEvent.of(node.source(), "node.heartbeat.v1", node.id(), nowMs, beat));
            return out.send(Record.of(node.id(), value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a heartbeat must be writable", e);
        }
    }

    /** Before anything else stops: the last heartbeat says that nothing new should come. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        clockwork.shutdownNow();
        try {
            send(true).await().atMost(TIMEOUT);
        } catch (RuntimeException e) {
            LOG.warnf("last heartbeat: %s", e.getMessage());
        }
    }
}
