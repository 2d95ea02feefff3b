package dev.parley.recorder.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of {@code recording_event}: what is to go, or went, to Kafka. */
@Entity
@Table(name = "recording_event")
@IdClass(EventRow.Key.class)
public class EventRow extends PanacheEntityBase {
    /** Primary key. */
    public record Key(String recordId, long seq) implements Serializable {}

    @Id
    public String recordId;

    @Id
    public long seq;

    public String event;
    public long atMs;
    public boolean published;
}
