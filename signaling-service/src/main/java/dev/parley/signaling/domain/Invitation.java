package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import java.util.regex.Pattern;

/**
 * A call to come into a room. Ringing -> Accepted, Refused: the invited one answered. Ringing -> Cancelled: the inviter did, or left.
 * Ringing -> Unanswered: the time is over, or the invited one was not there. All but Ringing are final; the store's order decides races.
 *
 * @param inviteId  unique within the application; the inviter's choice, else made
 * @param inviterId participant who invited
 * @param extra     for the invited one, unread
 */
public record Invitation(
        String inviteId,
        String roomId,
        String rtoken,
        String bizName,
        String inviterId,
        String inviterUid,
        String inviterName,
        String uid,
        Json extra,
        boolean audio,
        boolean video,
        long expiresAtMs,
        State state) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public enum State implements WireName {
        RINGING,
        ACCEPTED,
        UNANSWERED,
        REFUSED,
        CANCELLED;

        /** MRTC-CB-17: 0 accepted, 1 offline or no answer, 2 refused. */
        public int reply() {
            return switch (this) {
                case ACCEPTED -> 0;
                case REFUSED -> 2;
                case UNANSWERED, RINGING, CANCELLED -> 1;
            };
        }
    }

    public sealed interface Command {
        record Answer(String uid, boolean accept, long nowMs) implements Command {}

        record Cancel(String inviterUid) implements Command {}

        record Expire(long nowMs) implements Command {}
    }

    /** What an inviter may choose as an id. */
    public static boolean isId(String inviteId) {
        return ID.matcher(inviteId).matches();
    }

    /** Whether a request that names this id asks for this invitation again, rather than for another one. */
    public boolean isThatOf(String inviterUid, String roomId, String uid) {
        return this.inviterUid.equals(inviterUid) && this.roomId.equals(roomId) && this.uid.equals(uid);
    }

    /** @param refusal null when accepted; {@code next} is then the new state, the same one when nothing came of it */
    public record Verdict(Invitation next, ErrorCode refusal) {}

    public Verdict decide(Command command) {
        return switch (command) {
            case Command.Answer a
            when state != State.RINGING || !a.uid().equals(uid) || a.nowMs() >= expiresAtMs -> refuse();
            case Command.Answer a -> new Verdict(with(a.accept() ? State.ACCEPTED : State.REFUSED), null);
            case Command.Cancel c when state != State.RINGING || !c.inviterUid().equals(inviterUid) -> refuse();
            case Command.Cancel _ -> new Verdict(with(State.CANCELLED), null);
            case Command.Expire e
            when state == State.RINGING && e.nowMs() >= expiresAtMs -> new Verdict(with(State.UNANSWERED), null);
            case Command.Expire _ -> new Verdict(this, null);
        };
    }

    private Verdict refuse() {
        return new Verdict(this, ErrorCode.INVITATION_NOT_FOUND);
    }

    private Invitation with(State next) {
        return new Invitation(
                inviteId,
                roomId,
                rtoken,
                bizName,
                inviterId,
                inviterUid,
                inviterName,
                uid,
                extra,
                audio,
                video,
                expiresAtMs,
                next);
    }
}
