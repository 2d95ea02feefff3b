package dev.parley.master.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code placement}; written by statements, read with its node. */
@Entity
@Table(name = "placement")
public class PlacementRow extends PanacheEntityBase {
    @Id
    public String roomId;

    public String nodeId;
    public String bootId;
    public long generation;
    public long placedAtMs;
}
