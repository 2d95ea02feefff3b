package dev.parley.signaling.api.ws;

import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.port.RoomLog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log of one room on its way to the sockets that this copy has in it. Events come from own commits and from Kafka, in any order and more
 * than once; each goes out once and in order, and what is missing in between is read from the log. Thread-safe.
 */
final class RoomFeed {
    private static final int READ_MAX = 500;

    private final String roomId;
    private final RoomLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Connection> members = new LinkedHashSet<>();
    private long last;

    RoomFeed(String roomId, RoomLog log, long last) {
        this.roomId = roomId;
        this.log = log;
        this.last = last;
    }

    /** Pushes above {@code from} are the connection's from now on, those that have gone by included. */
    void add(Connection connection, String participantId, long from) {
        lock.lock();
        try {
            connection.enter(roomId, participantId, from);
            members.add(connection);
            for (long at = from; at < last; ) {
                List<LogEntry> missed = log.read(roomId, at, last, READ_MAX);
                if (missed.isEmpty()) break;
                for (LogEntry entry : missed) if (connection.push(entry)) members.remove(connection);
                at = missed.getLast().seq();
            }
        } finally {
            lock.unlock();
        }
    }

    /** True when nobody is left. */
    boolean remove(Connection connection) {
        lock.lock();
        try {
            members.remove(connection);
            return members.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void take(LogEntry entry) {
        lock.lock();
        try {
            if (entry.seq() <= last) return;
            if (entry.seq() > last + 1) fill(entry.seq() - 1);
            if (entry.seq() == last + 1) deliver(entry);
        } finally {
            lock.unlock();
        }
    }

    /** The log is known to reach this far. */
    void catchUp(long seq) {
        lock.lock();
        try {
            fill(seq);
        } finally {
            lock.unlock();
        }
    }

    List<Connection> members() {
        lock.lock();
        try {
            return new ArrayList<>(members);
        } finally {
            lock.unlock();
        }
    }

    private void fill(long upTo) {
        while (last < upTo) {
            List<LogEntry> missing = log.read(roomId, last, upTo, READ_MAX);
            if (missing.isEmpty()) return;
            for (LogEntry entry : missing) deliver(entry);
        }
    }

    private void deliver(LogEntry entry) {
        last = entry.seq();
        members.removeIf(member -> member.push(entry));
    }
}
