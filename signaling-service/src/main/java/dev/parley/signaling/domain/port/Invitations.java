package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.Invitation;
import java.util.List;
import java.util.Optional;

/** Invitations. All calls block. Errors: UNAVAILABLE when the store is away. */
public interface Invitations {
    void add(Invitation invitation);

    Optional<Invitation> find(String bizName, String inviteId);

    /** Decides under the row's lock. Errors: INVITATION_NOT_FOUND. */
    Invitation execute(String inviteId, String bizName, Invitation.Command command);

    List<Invitation> ringing(String bizName, String uid);

    long ringingIn(String bizName, String inviterUid);

    /** Invitations whose time is over, now unanswered, and ended ones whose inviter has not been told for 2 s. */
    List<Invitation> due(int limit);

    void told(Invitation invitation);
}
