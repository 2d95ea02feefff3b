package dev.parley.signaling.domain;

import java.util.List;

/** A participant as every other one sees it. */
public record ParticipantView(
        String participantId,
        String uid,
        String displayName,
        Role role,
        ParticipantKind kind,
        ServiceState state,
        Json extra,
        long joinedAtMs,
        List<Feed> feeds) {
    public static ParticipantView of(Participant p) {
        return new ParticipantView(
                p.participantId(),
                p.uid(),
                p.displayName(),
                p.role(),
                p.kind(),
                p.state(),
                p.extra(),
                p.joinedAtMs(),
                p.feeds());
    }
}
