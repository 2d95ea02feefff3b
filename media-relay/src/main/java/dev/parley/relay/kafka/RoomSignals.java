package dev.parley.relay.kafka;

import dev.parley.contracts.event.Topics;
import dev.parley.contracts.media.EncodingsSignal;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.contracts.media.SpeakersSignal;
import dev.parley.relay.domain.SignalSink;
import io.quarkus.runtime.Startup;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Topic {@link Topics#ROOM_SIGNALS}, {@code speakers.v1}, {@code encodings.v1} and {@code quality.v1}, key room id; worthless a second later, so dropped rather than kept waiting. */
@ApplicationScoped
@Startup
public class RoomSignals implements SignalSink {
    private final Emitter<Record<String, String>> topic;
    private final EventQueue queue;

    RoomSignals(
            @Channel("room-signals") @OnOverflow(OnOverflow.Strategy.DROP) Emitter<Record<String, String>> topic,
            EventQueue queue) {
        this.topic = topic;
        this.queue = queue;
    }

    @Override
    public void onSpeakers(SpeakersSignal signal) {
        queue.offer(topic, "speakers.v1", signal.roomId(), signal);
    }

    @Override
    public void onEncodings(EncodingsSignal signal) {
        queue.offer(topic, "encodings.v1", signal.roomId(), signal);
    }

    @Override
    public void onQuality(QualitySignal signal) {
        queue.offer(topic, "quality.v1", signal.roomId(), signal);
    }
}
