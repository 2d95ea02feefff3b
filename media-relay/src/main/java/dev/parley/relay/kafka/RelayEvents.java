package dev.parley.relay.kafka;

import dev.parley.contracts.event.Topics;
import dev.parley.contracts.media.TransportState;
import dev.parley.relay.rooms.TransportStates;
import io.quarkus.runtime.Startup;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Topic {@link Topics#RELAY_EVENTS}, {@code transport.state.v1}, key room id. */
@ApplicationScoped
@Startup
public class RelayEvents implements TransportStates {
    private final Emitter<Record<String, String>> topic;
    private final EventQueue queue;

    RelayEvents(
            @Channel("relay-events")
                    @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = EventQueue.WAITING_MAX)
                    Emitter<Record<String, String>> topic,
            EventQueue queue) {
        this.topic = topic;
        this.queue = queue;
    }

    @Override
    public void onTransportState(TransportState state) {
        queue.offer(topic, "transport.state.v1", state.roomId(), state);
    }
}
