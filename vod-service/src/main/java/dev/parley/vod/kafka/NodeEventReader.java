package dev.parley.vod.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.vod.player.Playbacks;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Topic {@code node.events}: what is lost, {@code node.lost.v1}. Every copy reads all of it. */
@ApplicationScoped
public class NodeEventReader {
    private static final Logger LOG = Logger.getLogger(NodeEventReader.class);
    private static final TypeReference<CloudEvent<NodeEvent>> TYPE = new TypeReference<>() {};

    private final Playbacks playbacks;
    private final ObjectMapper json;

    NodeEventReader(Playbacks playbacks, ObjectMapper json) {
        this.playbacks = playbacks;
        this.json = json;
    }

    @Incoming("node-events")
    @RunOnVirtualThread
    public void onEvent(String value) {
        CloudEvent<NodeEvent> event;
        try {
            event = json.readValue(value, TYPE);
        } catch (JsonProcessingException e) { // one bad record must not stop the topic
            LOG.warnf("node.events has a record that is not understood: %s", e.getOriginalMessage());
            return;
        }
        if (!"node.lost.v1".equals(event.type())
                || event.data() == null
                || event.data().kind() == null) return;
        NodeEvent lost = event.data();
        switch (lost.kind()) {
            case RELAY -> playbacks.relayLost(lost.nodeId(), lost.bootId());
            case VOD -> playbacks.workerLost(lost.nodeId(), lost.bootId());
            case RECORDER -> {}
        }
    }
}
