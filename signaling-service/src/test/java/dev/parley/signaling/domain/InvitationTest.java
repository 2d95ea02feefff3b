package dev.parley.signaling.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.ErrorCode;
import dev.parley.signaling.domain.Invitation.Command;
import dev.parley.signaling.domain.Invitation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One test per arrow, and one for all that are not there. */
class InvitationTest {
    private static final List<Command> ALL = List.of(
            new Command.Answer("bob", true, 50),
            new Command.Answer("bob", false, 50),
            new Command.Cancel("ann"),
            new Command.Expire(100));

    @Test
    void ringsUntilAnsweredCancelledOrOver() {
        assertEquals(State.ACCEPTED, after(ALL.get(0)));
        assertEquals(State.REFUSED, after(ALL.get(1)));
        assertEquals(State.CANCELLED, after(ALL.get(2)));
        assertEquals(State.UNANSWERED, after(ALL.get(3)));
        assertEquals(State.RINGING, after(new Command.Expire(99)));
    }

    @Test
    void onlyTheInvitedOneAnswersAndOnlyInTimeAndOnlyTheInviterCancels() {
        for (Command command : List.of(
                new Command.Answer("eve", true, 50), new Command.Answer("bob", true, 100), new Command.Cancel("bob")))
            assertEquals(
                    ErrorCode.INVITATION_NOT_FOUND, ringing().decide(command).refusal(), command.toString());
    }

    @Test
    void everyOtherStateIsFinal() {
        for (Command first : ALL)
            for (Command second : ALL) {
                Invitation ended = ringing().decide(first).next();
                assertEquals(ended, ended.decide(second).next(), first + " then " + second);
            }
    }

    private static State after(Command command) {
        return ringing().decide(command).next().state();
    }

    private static Invitation ringing() {
        return new Invitation(
                "i", "room", "rt", "demo", "p1", "ann", "Ann", "bob", Json.NULL, true, true, 100, State.RINGING);
    }
}
