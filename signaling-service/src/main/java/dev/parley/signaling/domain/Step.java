package dev.parley.signaling.domain;

import java.util.Map;
import java.util.function.Function;

/**
 * What must be true together with a decision.
 *
 * @param enterSession session that enters with the participant {@code enterAs}; null = none
 * @param keySession   session that sent {@code key}; null = the request has no key
 * @param result       what a repetition of the request is to answer, as JSON
 */
public record Step(
        String enterSession, String enterAs, String keySession, String key, Function<Decision, Object> result) {
    public static final Step NONE = new Step(null, null, null, null, null);

    /** The request's key; null = it has none. */
    public static Step keyed(String session, String requestKey) {
        return requestKey == null ? NONE : new Step(null, null, session, requestKey, _ -> Map.of());
    }

    public Step answering(Function<Decision, Object> answer) {
        return new Step(enterSession, enterAs, keySession, key, answer);
    }

    public Step entering(String session, String participantId) {
        return new Step(session, participantId, keySession, key, result);
    }
}
