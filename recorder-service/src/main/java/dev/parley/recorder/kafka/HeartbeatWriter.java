package dev.parley.recorder.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.recorder.Clockwork;
import dev.parley.recorder.Settings;
import dev.parley.recorder.live.LiveRecordings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Topic {@code node.heartbeats}: {@code node.heartbeat.v1} once a second, key node id. One that cannot be sent is not sent later. */
@ApplicationScoped
public class HeartbeatWriter {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Settings settings;
    private final LiveRecordings live;
    private final ObjectMapper json;
    private final MutinyEmitter<Record<String, String>> out;
    private final String bootId = UUID.randomUUID().toString();
    private final Clockwork clockwork = new Clockwork("heartbeat");

    HeartbeatWriter(
            Settings settings,
            LiveRecordings live,
            ObjectMapper json,
            @Channel("node-heartbeats") MutinyEmitter<Record<String, String>> out) {
        this.settings = settings;
        this.live = live;
        this.json = json;
        this.out = out;
    }

    void onStart(@Observes StartupEvent event) {
        clockwork.every(PERIOD, () -> send(false));
    }

    /** The last heartbeat says that nothing new should come. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        clockwork.stop();
        try {
            send(true);
        } catch (RuntimeException _) {
            // Kafka away: three missing heartbeats say the same
        }
    }

    private void send(boolean draining) {
        long nowMs = System.currentTimeMillis();
        int tasks = live.count();
        var beat = new NodeHeartbeat(
                settings.nodeId(),
                bootId,
                NodeKind.RECORDER,
                settings.url(),
                null,
                settings.region().orElse(""),
                Math.min(1.0, tasks / (double) settings.recordingsMax()),
                tasks,
                draining,
                nowMs);
        try {
            String value = json.writeValueAsString(CloudEvent.of(
                    "recorder/" + settings.nodeId(), "node.heartbeat.v1", settings.nodeId(), nowMs, beat));
            out.send(Record.of(settings.nodeId(), value)).await().atMost(TIMEOUT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a heartbeat must be writable", e);
        }
    }
}
