package dev.parley.signaling.app;

import dev.parley.signaling.store.LogEntry;
import io.smallrye.mutiny.Uni;

/** Puts events of the rooms' logs on Kafka. */
public interface LogPublisher {
    /** Done when the broker has it. */
    Uni<Void> publish(LogEntry entry);
}
