package dev.parley.master.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.master.domain.NodeChange;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Writes {@code node.events}. */
@ApplicationScoped
public class NodeEvents {
    private final Emitter<Record<String, String>> emitter;
    private final ObjectMapper json;
    private final String source;

    NodeEvents(
            @Channel("node-events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
                    Emitter<Record<String, String>> emitter,
            ObjectMapper json,
            @ConfigProperty(name = "parley.master.node-id") String nodeId) {
        this.emitter = emitter;
        this.json = json;
        this.source = "master/" + nodeId;
    }

    /** Completes when the broker has it, which a broker that is away delays. */
    public CompletionStage<Void> send(NodeChange change, long wallMs) {
        var node = change.node();
        var event = CloudEvent.of(source, change.type().eventType, node.nodeId(), wallMs, node);
        try {
            return emitter.send(Record.of(node.nodeId(), json.writeValueAsString(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a node event cannot be written as JSON", e);
        }
    }
}
