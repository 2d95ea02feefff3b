package dev.parley.signaling.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** What a request with a key came to, written in the transaction that did it. */
@Entity
@Table(name = "request_key")
@IdClass(RequestKeyRow.Key.class)
public class RequestKeyRow extends PanacheEntityBase {
    public record Key(String sessionId, String key) implements Serializable {}

    @Id
    @Column(name = "session_id")
    public String sessionId;

    @Id
    public String key;

    @Column(columnDefinition = "text")
    public String result;

    @Column(name = "at_ms")
    public long atMs;
}
