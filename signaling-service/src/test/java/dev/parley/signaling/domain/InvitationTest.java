package dev.parley.signaling.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void anIdNamesOneInvitationOfOneInviterIntoOneRoom() {
        assertTrue(ringing().isThatOf("ann", "room", "bob"));
        assertFalse(ringing().isThatOf("eve", "room", "bob"));
        assertFalse(ringing().isThatOf("ann", "other", "bob"));
        assertFalse(ringing().isThatOf("ann", "room", "eve"));
        for (String id : List.of("7", "call:1", "8f14e45f-ceea-467f-a0e6-1d2b3c4d5e6f"))
            assertTrue(Invitation.isId(id));
        for (String id : List.of("", "a b", "a/b", "é", "x".repeat(65))) assertFalse(Invitation.isId(id), id);
    }

    private static State after(Command command) {
        return ringing().decide(command).next().state();
    }

    private static Invitation ringing() {
        return new Invitation(
                "i", "room", "rt", "demo", "p1", "ann", "Ann", "bob", Json.NULL, true, true, 100, State.RINGING);
    }
}
