package dev.parley.signaling.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One start of one copy of this service, and when it last said that it lives. */
@Entity
@Table(name = "signaling_node")
public class NodeRow extends PanacheEntityBase {
    @Id
    public String instance;

    @Column(name = "last_seen_ms")
    public long lastSeenMs;
}
