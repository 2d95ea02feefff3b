package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Invitation;
import dev.parley.signaling.domain.Json;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Invitations;
import dev.parley.signaling.domain.port.Sessions;
import dev.parley.signaling.domain.port.Signals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Invitations into rooms. */
@ApplicationScoped
public class CallService {
    private final Invitations store;
    private final Sessions sessions;
    private final RoomService rooms;
    private final Signals signals;
    private final Settings settings;
    private final Documents documents;
    private final Clock clock;

    CallService(
            Invitations store,
            Sessions sessions,
            RoomService rooms,
            Signals signals,
            Settings settings,
            Documents documents,
            Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.rooms = rooms;
        this.signals = signals;
        this.settings = settings;
        this.documents = documents;
        this.clock = clock;
    }

    public record Invited(String inviteId, boolean online) {}

    /** What the invited one is shown. */
    public record Shown(
            String inviteId,
            String roomId,
            String rtoken,
            String inviterUid,
            String inviterName,
            Json extra,
            boolean audio,
            boolean video,
            long expiresAtMs) {
        public static Shown of(Invitation i) {
            return new Shown(
                    i.inviteId(),
                    i.roomId(),
                    i.rtoken(),
                    i.inviterUid(),
                    i.inviterName(),
                    i.extra(),
                    i.audio(),
                    i.video(),
                    i.expiresAtMs());
        }
    }

    private record Cancelled(String inviteId) {}

    /** @param inviteId "" = the server makes one */
    public record Wanted(String inviteId, String uid, Json extra, int timeoutSeconds, boolean audio, boolean video) {}

    public Invited invite(Identity who, String roomId, String by, Wanted wanted, Step step) {
        // A repeated request makes the same id and finds what it made before.
        String inviteId = wanted.inviteId();
        if (inviteId.isEmpty())
            inviteId = step.key() == null
                    ? Ids.make("i")
                    : "i-" + Ids.hash(step.keySession() + ' ' + step.key()).substring(0, 24);
        var before = store.find(who.bizName(), inviteId);
        if (before.isPresent() && !before.get().isThatOf(who.uid(), roomId, wanted.uid()))
            throw new RefusedException(ErrorCode.NAME_TAKEN, "inviteId was used for another invitation.");
        if (before.isPresent()) return new Invited(inviteId, before.get().state() != Invitation.State.UNANSWERED);
        RoomState room = rooms.get(roomId);
        Participant inviter = room.participant(by);
        if (inviter == null) throw new RefusedException(ErrorCode.NOT_IN_ROOM);
        if (store.ringingIn(who.bizName(), who.uid()) >= settings.limits().ringingPerInviter())
            throw new RefusedException(ErrorCode.ROOM_LIMIT, "Too many of your invitations are open.");
        boolean online = sessions.online(who.bizName(), wanted.uid());
        var invitation = new Invitation(
                inviteId,
                roomId,
                room.info().rtoken(),
                who.bizName(),
                by,
                who.uid(),
                inviter.displayName(),
                wanted.uid(),
                wanted.extra(),
                wanted.audio(),
                wanted.video(),
                clock.millis() + wanted.timeoutSeconds() * 1_000L,
                online ? Invitation.State.RINGING : Invitation.State.UNANSWERED);
        store.add(invitation);
        if (online) show(invitation);
        else tell(invitation);
        return new Invited(invitation.inviteId(), online);
    }

    private void show(Invitation invitation) {
        signals.toUser(
                invitation.bizName(),
                invitation.uid(),
                "invited",
                invitation.roomId(),
                documents.write(Shown.of(invitation)));
    }

    /** Invitations that ring for this user now. */
    public List<Shown> ringing(Identity who) {
        return store.ringing(who.bizName(), who.uid()).stream().map(Shown::of).toList();
    }

    public void cancel(Identity who, String inviteId) {
        hide(store.execute(inviteId, who.bizName(), new Invitation.Command.Cancel(who.uid())));
    }

    /** The answer; with the room's token when it was accepted. */
    public Invitation reply(Identity who, String inviteId, boolean accept) {
        Invitation answered = store.execute(
                inviteId, who.bizName(), new Invitation.Command.Answer(who.uid(), accept, clock.millis()));
        tell(answered);
        return answered;
    }

    /** Tells the inviter how it ended, also of those that nobody answered in time. Repeated until it is noted as told. */
    void expire() {
        for (Invitation invitation : store.due(50)) {
            if (invitation.state() == Invitation.State.UNANSWERED) hide(invitation);
            tell(invitation);
        }
    }

    private void hide(Invitation invitation) {
        signals.toUser(
                invitation.bizName(),
                invitation.uid(),
                "inviteCancelled",
                invitation.roomId(),
                documents.write(new Cancelled(invitation.inviteId())));
    }

    private void tell(Invitation invitation) {
        rooms.executeIfThere(
                invitation.roomId(),
                new RoomCommand.TellInviter(
                        invitation.inviterId(),
                        invitation.inviteId(),
                        invitation.uid(),
                        invitation.state().reply()));
        store.told(invitation);
    }
}
