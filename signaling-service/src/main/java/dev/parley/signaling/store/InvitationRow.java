package dev.parley.signaling.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An invitation: the columns it is looked up by, and itself as a document. */
@Entity
@Table(name = "invitation")
public class InvitationRow extends PanacheEntityBase {
    @Id
    public String id;

    @Column(name = "biz_name")
    public String bizName;

    public String uid;
    public String state;

    @Column(name = "expires_at_ms")
    public long expiresAtMs;

    public boolean told;

    @Column(columnDefinition = "text")
    public String document;
}
