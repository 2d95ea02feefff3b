package dev.parley.signaling.store;

import dev.parley.signaling.domain.Audience;
import dev.parley.signaling.domain.LogEntry;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One event of a room's log. Written once; only {@code published} changes. */
@Entity
@Table(name = "room_log")
@IdClass(LogRow.Key.class)
public class LogRow extends PanacheEntityBase {
    public record Key(String roomId, long seq) implements Serializable {}

    @Id
    @Column(name = "room_id")
    public String roomId;

    @Id
    public long seq;

    public String type;

    @Column(columnDefinition = "text")
    public String audience;

    @Column(columnDefinition = "text")
    public String data;

    public boolean published;

    @Column(name = "at_ms")
    public long atMs;

    LogEntry entry() {
        return new LogEntry(roomId, seq, type, Audience.parse(audience), data);
    }
}
