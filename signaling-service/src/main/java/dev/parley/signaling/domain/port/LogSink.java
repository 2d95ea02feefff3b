package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.LogEntry;
import java.util.List;

/** Takes events of a room after their commit, in order. Must not block for long and must not throw. */
public interface LogSink {
    void committed(List<LogEntry> entries);
}
