package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;

/** Where sessions are kept. Calls wait on the store; not for event loops. */
public interface SessionStore {
    /** A session that is neither over nor revoked, and its account as it is now. */
    record Live(Session session, Account account) {}

    /** Keeps it, and at most {@link Session#PER_ACCOUNT_MAX} of the account. @param sidDigest of the SID */
    void add(Session session, byte[] sidDigest);

    Optional<Live> find(String id, long nowMs);

    /** Notes the use. */
    Optional<Live> use(byte[] sidDigest, long nowMs);

    /** Newest first; those alive. */
    List<Session> list(long account, long nowMs);

    boolean delete(String id);

    /** All of the account but {@code exceptId}; "" = none. */
    void deleteAll(long account, String exceptId);
}
