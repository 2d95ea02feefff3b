package dev.parley.signaling.domain.port;

/** What is told to other copies once and may be lost. Never throws. */
public interface Signals {
    /** An ephemeral push to all sockets of this user, wherever they are. {@code data}: JSON object. */
    void toUser(String bizName, String uid, String type, String roomId, String data);

    /** Sockets of this session whose epoch is below are to be closed with SESSION_GONE. */
    void sessionGone(String sessionId, int epochBelow);
}
