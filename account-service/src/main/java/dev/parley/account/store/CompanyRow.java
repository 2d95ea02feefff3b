package dev.parley.account.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code company}. */
@Entity
@Table(name = "company")
public class CompanyRow extends PanacheEntityBase {
    @Id
    public String id;

    public long createdAtMs;
}
