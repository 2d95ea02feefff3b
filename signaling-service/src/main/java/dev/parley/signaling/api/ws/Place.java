package dev.parley.signaling.api.ws;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.Step;

/** The room and the participant that a request is about: the sender's own. */
record Place(String roomId, String me) {
    /** Errors: NOT_IN_ROOM. */
    static Place of(Connection c) {
        synchronized (c) {
            if (c.roomId().isEmpty()) throw new RefusedException(ErrorCode.NOT_IN_ROOM);
            return new Place(c.roomId(), c.participantId());
        }
    }

    /** Errors: NOT_ALLOWED. */
    static void need(Identity who, Scope scope) {
        if (!who.may(scope))
            throw new RefusedException(ErrorCode.NOT_ALLOWED, "Your token lacks the scope " + scope.wire() + ".");
    }

    /** The request's key, if it has one. */
    static Step step(Connection c, Fields data) {
        String key = data.optionalText("requestKey", 64);
        return Step.keyed(c.session().id(), key.isEmpty() ? null : key);
    }
}
