package dev.parley.relay.kafka;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.relay.RelaySettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/** Between those who must not wait (media loops, the heartbeat's clock) and Kafka's emitters: bounded, full means dropped and counted. */
@ApplicationScoped
public class EventQueue {
    private record Waiting(Emitter<Record<String, String>> topic, CloudEvent<?> event) {}

    static final int WAITING_MAX = 10_000;
    private static final Logger LOG = Logger.getLogger(EventQueue.class);

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong dropped = new AtomicLong();
    private final ObjectMapper json;
    private final String source;
    private Thread sender;

    EventQueue(ObjectMapper json, RelaySettings settings, MeterRegistry meters) {
        this.json = json;
        this.source = "relay/" + settings.nodeId();
        // Events that found the queue full, or Kafka's own.
        FunctionCounter.builder("parley.relay.events.dropped", dropped, AtomicLong::get)
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        sender = Thread.ofVirtual().name("relay-events").start(this::send);
    }

    void stop(@Observes ShutdownEvent event) {
        if (sender != null) sender.interrupt();
    }

    /** Never waits. @param key the id that needs order */
    void offer(Emitter<Record<String, String>> topic, String type, String key, Object data) {
        var event = CloudEvent.of(source, type, key, System.currentTimeMillis(), data);
        if (!waiting.offer(new Waiting(topic, event))) dropped.incrementAndGet();
    }

    private void send() {
        try {
            while (true) send(waiting.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Waiting next) {
        try {
            next.topic().send(Record.of(next.event().subject(), json.writeValueAsString(next.event())));
        } catch (JacksonException
                | IllegalStateException e) { // the latter: the emitter's buffer is full, Kafka is away
            dropped.incrementAndGet();
            LOG.debugf("event %s not sent: %s", next.event().type(), e.getMessage());
        }
    }
}
