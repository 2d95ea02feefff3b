package dev.parley.signaling.store;

import dev.parley.signaling.domain.Audience;

/** A row of a room's log as it is pushed. {@code data}: JSON object. */
public record LogEntry(String roomId, long seq, String type, Audience audience, String data) {
    static LogEntry of(LogRow row) {
        return new LogEntry(row.roomId, row.seq, row.type, Audience.parse(row.audience), row.data);
    }
}
