package dev.parley.signaling.store;

import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Role;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Session;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A client's session; outlives its sockets and the copies that had them. */
@Entity
@Table(name = "session")
public class SessionRow extends PanacheEntityBase {
    @Id
    public String id;

    @Column(name = "biz_name")
    public String bizName;

    public String uid;

    @Column(name = "display_name")
    public String displayName;

    @Column(name = "token_room")
    public String tokenRoom;

    public String role;
    public String scopes;

    @Column(name = "resume_token_hash")
    public String resumeTokenHash;

    @Column(name = "room_id")
    public String roomId;

    @Column(name = "participant_id")
    public String participantId;

    public String owner;
    public int epoch;

    @Column(name = "deadline_ms")
    public long deadlineMs;

    public boolean dead;

    Session session() {
        return new Session(
                id,
                new Identity(bizName, uid, displayName, tokenRoom, Role.valueOf(role), Scope.parse(scopes)),
                roomId == null ? "" : roomId,
                participantId == null ? "" : participantId,
                owner == null ? "" : owner,
                epoch);
    }
}
