package dev.parley.signaling.domain.port;

import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Session;
import java.util.List;
import java.util.Optional;

/** Sessions and the copies that hold their sockets. All calls block. Errors: UNAVAILABLE when the store is away. */
public interface Sessions {
    /** Opens a session; those of the same user are dead from now on and returned, to be buried by the caller. */
    List<Session> open(String id, Identity who, String resumeTokenHash, String owner);

    /** Gives the session a new socket at {@code owner}. Empty when it is over or the token is not its. */
    Optional<Session> resume(String id, String resumeTokenHash, String owner);

    /** As {@link #resume}, by a copy that still has the socket of this epoch. */
    Optional<Session> reclaim(String id, int epoch, String owner);

    /** The socket of this epoch is gone: the grace time begins. Empty when a newer socket is there already, or the session is over. */
    Optional<Session> lose(String id, int epoch, long graceMs);

    /** Ends a session; empty when it was over before. The caller buries it. */
    Optional<Session> kill(String id);

    /** Sessions whose grace time is over, dead from now on, and dead ones that nobody finished burying. */
    List<Session> expired(int limit);

    /** Takes a dead session's last trace away. */
    void bury(String id);

    /** Sessions whose copy has been silent for {@code staleMs}: their grace time begins now. */
    List<Session> orphans(long staleMs, long graceMs, int limit);

    /** Whether this user has a socket somewhere now. */
    boolean online(String bizName, String uid);

    /** Ids with epochs of the sessions that this copy is to have sockets for. */
    List<Session> ownedBy(String owner);

    /** This copy lives. The database's clock, so that the copies' clocks do not matter. */
    void beat(String instance);

    /** This copy goes: its sessions are orphans at once. */
    void leave(String instance);
}
