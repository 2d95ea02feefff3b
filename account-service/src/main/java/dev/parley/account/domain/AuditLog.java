package dev.parley.account.domain;

import java.util.List;

/** Who did what, when, from where. Only ever added to; PostgreSQL refuses anything else. Calls wait on the store. */
public interface AuditLog {
    /**
     * @param actor     uid of the account, appId, service; what was claimed at sign-in
     * @param companyId whose administrators may read it; "" = only the operator's
     * @param target    whom or what it is about: never a secret
     */
    record Entry(
            long atMs, String actor, Role role, String companyId, String address, Operation operation, String target) {}

    /**
     * @param status HTTP status; 0 when it is not known: the process ended in between
     * @param code   name of the error, "" when none
     */
    record Line(long id, Entry entry, int status, String code) {}

    /** Its id. */
    long begin(Entry entry);

    /** @param target "" leaves that of the entry */
    void end(long id, long atMs, int status, String code, String target);

    /**
     * Newest first.
     *
     * @param companyId "" = all
     * @param beforeId  lines with a smaller id only; 0 = from the newest
     */
    List<Line> list(String companyId, long beforeId, int count);
}
