package dev.parley.signaling.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rule made of a command: the next state with the events to log, or a refusal that leaves everything as it was.
 *
 * @param refusal null when accepted
 * @param detail  a half-sentence for the refusal's message, or null
 */
public record Decision(RoomState next, List<Logged> events, ErrorCode refusal, String detail) {
    public static Decision keep(RoomState state) {
        return new Decision(state, List.of(), null, null);
    }

    public static Decision refuse(RoomState state, ErrorCode code) {
        return new Decision(state, List.of(), code, null);
    }

    public static Decision refuse(RoomState state, ErrorCode code, String detail) {
        return new Decision(state, List.of(), code, detail);
    }

    public boolean refused() {
        return refusal != null;
    }

    /** Both as one: the other's state, and its events after these. @param other decided on this one's state, and accepted */
    Decision then(Decision other) {
        return new Decision(
                other.next,
                Stream.concat(events.stream(), other.events.stream()).toList(),
                null,
                null);
    }

    /** Itself when accepted. Throws what was refused. */
    public Decision orThrow() {
        if (refusal != null) throw new RefusedException(refusal, detail);
        return this;
    }
}
