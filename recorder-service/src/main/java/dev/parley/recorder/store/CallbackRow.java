package dev.parley.recorder.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code callback}: a message to a business server with its delivery. */
@Entity
@Table(name = "callback")
public class CallbackRow extends PanacheEntityBase {
    static final String PENDING = "PENDING", DONE = "DONE", EXPIRED = "EXPIRED";

    @Id
    public String bizRequestId;

    public String recordId;
    public long seq;
    public String bizName;
    public String url;
    /** Host and port of the URL: whom a delivery may keep busy. */
    public String host;

    public String body;
    public String state;
    public int attempts;
    public long createdAtMs;
    public long nextAtMs;
    public String lastError;
}
