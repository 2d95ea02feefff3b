package dev.parley.account.domain;

import java.util.Optional;

/** Where companies and their accounts are kept. Calls wait on the store; not for event loops. */
public interface AccountStore {
    /** Makes the company unless it exists. */
    void ensureCompany(String companyId, long nowMs);

    boolean empty();

    /** False when the name is taken in the company. */
    boolean add(Account account, long nowMs);

    Optional<Account> find(String companyId, String name);
}
