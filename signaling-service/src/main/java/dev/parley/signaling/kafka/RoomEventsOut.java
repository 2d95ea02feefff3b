package dev.parley.signaling.kafka;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.event.Topics;
import dev.parley.contracts.room.RoomLogEvent;
import dev.parley.signaling.app.Beans;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.LogPublisher;
import dev.parley.signaling.domain.port.LogSink;
import dev.parley.signaling.domain.port.RoomLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Topic {@link Topics#ROOM_EVENTS}: the rooms' logs after commit. What the broker has is marked in batches; what is never marked, because of a
 * crash or because the broker was away, the sweeper publishes again.
 */
@ApplicationScoped
public class RoomEventsOut implements LogSink, LogPublisher {
    private static final Logger LOG = Logger.getLogger(RoomEventsOut.class);
    private static final int BUFFERED_MAX = 8_192;
    private static final int MARK_MAX = 500;
    private static final long MARK_EVERY_MS = 200;

    private final MutinyEmitter<Record<String, String>> emitter;
    private final Documents documents;
    private final RoomLog store;
    private final Beans.Instance instance;
    private final Clock clock;
    private final LinkedBlockingQueue<LogEntry> acknowledged = new LinkedBlockingQueue<>(BUFFERED_MAX);
    private volatile Thread marker;

    RoomEventsOut(
            @Channel("room-events-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFERED_MAX)
                    MutinyEmitter<Record<String, String>> emitter,
            Documents documents,
            RoomLog store,
            Beans.Instance instance,
            Clock clock) {
        this.emitter = emitter;
        this.documents = documents;
        this.store = store;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public void committed(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            try {
                // A full queue loses only the mark: the event is published once more than needed.
                publish(entry).whenComplete((_, e) -> {
                    if (e == null) acknowledged.offer(entry);
                    else LOG.warnf("event %s/%d: %s", entry.roomId(), entry.seq(), e.getMessage());
                });
            } catch (RuntimeException e) {
                LOG.warnf("event %s/%d waits for the sweeper: %s", entry.roomId(), entry.seq(), e.getMessage());
            }
        }
    }

    @Override
    public CompletionStage<Void> publish(LogEntry entry) {
        var data = new RoomLogEvent(
                entry.roomId(), entry.seq(), entry.type(), entry.audience().text(), new RawValue(entry.data()));
        var event = CloudEvent.of("signaling/" + instance.id(), "room.logged.v1", entry.roomId(), clock.millis(), data);
        return emitter.send(Record.of(entry.roomId(), documents.write(event))).subscribeAsCompletionStage();
    }

    void start(@Observes StartupEvent event) {
        marker = Thread.ofVirtual().name("mark published events").start(this::mark);
    }

    void stop(@Observes ShutdownEvent event) {
        if (marker != null) marker.interrupt();
    }

    private void mark() {
        var batch = new ArrayList<LogEntry>();
        while (true) {
            try {
                batch.add(acknowledged.take());
                TimeUnit.MILLISECONDS.sleep(MARK_EVERY_MS);
                acknowledged.drainTo(batch, MARK_MAX);
                Map<String, List<Long>> byRoom = new HashMap<>();
                for (LogEntry entry : batch)
                    byRoom.computeIfAbsent(entry.roomId(), _ -> new ArrayList<>())
                            .add(entry.seq());
                byRoom.forEach(store::published);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.debugf("could not mark %d events: %s", batch.size(), e.getMessage());
            }
            batch.clear();
        }
    }
}
