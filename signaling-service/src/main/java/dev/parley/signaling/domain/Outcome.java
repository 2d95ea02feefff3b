package dev.parley.signaling.domain;

import java.util.List;

/**
 * A command after its commit.
 *
 * @param entries  what it added to the room's log
 * @param repeated what the same request answered before, as JSON; then nothing was done now. Null otherwise
 */
public record Outcome(RoomState before, Decision decision, List<LogEntry> entries, String repeated) {
    public RoomState after() {
        return decision.next();
    }
}
