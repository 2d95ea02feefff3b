package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.LogEntry;
import java.util.concurrent.CompletionStage;

/** Puts events of the rooms' logs on Kafka. */
public interface LogPublisher {
    /** Done when the broker has it. */
    CompletionStage<Void> publish(LogEntry entry);
}
