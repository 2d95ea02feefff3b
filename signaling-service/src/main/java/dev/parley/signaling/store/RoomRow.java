package dev.parley.signaling.store;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One room: the columns it is looked up by, and the aggregate as a JSON document. */
@Entity
@Table(name = "room")
public class RoomRow extends PanacheEntityBase {
    @Id
    public String id;

    @Column(name = "biz_name")
    public String bizName;

    @Column(name = "meeting_code")
    public String meetingCode;

    public String phase;
    public long seq;

    @Column(name = "empty_since_ms")
    public long emptySinceMs;

    @Column(name = "media_held")
    public boolean mediaHeld;

    @Column(name = "ended_at_ms")
    public long endedAtMs;

    @Column(columnDefinition = "text")
    public String state;
}
