package dev.parley.recorder.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.recorder.Clockwork;
import dev.parley.recorder.Settings;
import dev.parley.recorder.store.Outbox;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Topic {@code recording.events}: {@code recording.event.v1} out of the outbox, key room id; in order per recording, at least once. */
@ApplicationScoped
public class RecordingEventWriter {
    private static final Duration SWEEP = Duration.ofMillis(150);

    private final Outbox outbox;
    private final ObjectMapper json;
    private final String source;
    private final MutinyEmitter<Record<String, String>> out;
    private final Clockwork clockwork = new Clockwork("recording-events");

    RecordingEventWriter(
            Outbox outbox,
            ObjectMapper json,
            Settings settings,
            @Channel("recording-events") MutinyEmitter<Record<String, String>> out) {
        this.outbox = outbox;
        this.json = json;
        this.source = "recorder/" + settings.nodeId();
        this.out = out;
    }

    void onStart(@Observes StartupEvent event) {
        clockwork.every(SWEEP, this::sweep);
    }

    void onStop(@Observes @Priority(10) ShutdownEvent event) {
        clockwork.stop();
    }

    private void sweep() {
        while (outbox.publish(this::send) > 0) {
            // each round gives the next event of each recording
        }
    }

    private Uni<Void> send(RecordingEvent event) {
        try {
            String value = json.writeValueAsString(
                    CloudEvent.of(source, "recording.event.v1", event.roomId(), System.currentTimeMillis(), event));
            return out.send(Record.of(event.roomId(), value));
        } catch (JsonProcessingException e) {
            return Uni.createFrom().failure(e);
        }
    }
}
