package dev.parley.signaling.app;

import dev.parley.signaling.store.LogEntry;
import java.util.List;

/** Takes events of a room after their commit, in order. Must not block for long and must not throw. */
public interface LogSink {
    void committed(List<LogEntry> entries);
}
