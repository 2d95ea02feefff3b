package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.LogEntry;

/** The sockets of this copy, as what comes from other copies and services sees them. Pushes go to those that are there. {@code data}: JSON object. */
public interface Sockets {
    /** An event of a room's log; at least once, in any order: each socket gets it once and in order. */
    void logged(LogEntry entry);

    void toRoom(String roomId, String type, String data);

    void toParticipant(String roomId, String participantId, String type, String data);

    void toUser(String bizName, String uid, String type, String roomId, String data);

    /** The session is over, or has a newer socket somewhere. */
    void sessionGone(String sessionId, int epochBelow);
}
