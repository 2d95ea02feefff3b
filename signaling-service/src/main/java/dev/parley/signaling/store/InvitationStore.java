package dev.parley.signaling.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Invitation;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Invitations;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Table {@code invitation}. */
@ApplicationScoped
public class InvitationStore implements Invitations {
    private final Db db;
    private final Documents documents;
    private final Clock clock;

    InvitationStore(Db db, Documents documents, Clock clock) {
        this.db = db;
        this.documents = documents;
        this.clock = clock;
    }

    @Override
    public void add(Invitation invitation) {
        db.transaction(() -> {
            var row = new InvitationRow();
            row.id = id(invitation.bizName(), invitation.inviteId());
            row.bizName = invitation.bizName();
            row.uid = invitation.uid();
            row.expiresAtMs = invitation.expiresAtMs();
            fill(row, invitation);
            return row.persist();
        });
    }

    @Override
    public Optional<Invitation> find(String bizName, String inviteId) {
        return Optional.ofNullable(db.transaction(() -> InvitationRow.<InvitationRow>findById(id(bizName, inviteId))
                .map(row -> row == null ? null : documents.read(row.document, Invitation.class))));
    }

    @Override
    public Invitation execute(String inviteId, String bizName, Invitation.Command command) {
        return db.transaction(() -> InvitationRow.<InvitationRow>findById(
                        id(bizName, inviteId), LockModeType.PESSIMISTIC_WRITE)
                .map(row -> {
                    if (row == null) throw new RefusedException(ErrorCode.INVITATION_NOT_FOUND);
                    var verdict = documents.read(row.document, Invitation.class).decide(command);
                    if (verdict.refusal() != null) throw new RefusedException(verdict.refusal());
                    fill(row, verdict.next());
                    return verdict.next();
                }));
    }

    @Override
    public List<Invitation> ringing(String bizName, String uid) {
        return db.transaction(() -> InvitationRow.<InvitationRow>find(
                        "bizName = ?1 and uid = ?2 and state = 'RINGING' and expiresAtMs > ?3",
                        bizName,
                        uid,
                        clock.millis())
                .page(0, 20)
                .list()
                .map(rows -> rows.stream()
                        .map(row -> documents.read(row.document, Invitation.class))
                        .toList()));
    }

    @Override
    public long ringingIn(String bizName, String inviterUid) {
        return db.transaction(() -> InvitationRow.<InvitationRow>list("bizName = ?1 and state = 'RINGING'", bizName)
                .map(rows -> rows.stream()
                        .filter(row -> documents
                                .read(row.document, Invitation.class)
                                .inviterUid()
                                .equals(inviterUid))
                        .count()));
    }

    @Override
    public List<Invitation> due(int limit) {
        return db.transaction(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select * from {h-schema}invitation where not told and (expires_at_ms <= ?1) order by expires_at_ms limit ?2 for update skip locked",
                                InvitationRow.class)
                        .setParameter(1, clock.millis())
                        .setParameter(2, limit)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> {
                            var now = documents
                                    .read(row.document, Invitation.class)
                                    .decide(new Invitation.Command.Expire(clock.millis()))
                                    .next();
                            fill(row, now);
                            return now;
                        })
                        .toList()));
    }

    @Override
    public void told(Invitation invitation) {
        db.transaction(() ->
                InvitationRow.update("told = true where id = ?1", id(invitation.bizName(), invitation.inviteId())));
    }

    /** Inviters may choose ids, and those of one application are no other's business. */
    private static String id(String bizName, String inviteId) {
        return bizName + '/' + inviteId;
    }

    private void fill(InvitationRow row, Invitation invitation) {
        row.state = invitation.state().name();
        row.document = documents.write(invitation);
        if (invitation.state() == Invitation.State.CANCELLED) row.told = true;
    }
}
