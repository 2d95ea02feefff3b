package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where accounts are kept. Calls wait on the store; not for event loops. */
public interface AccountStore {
    boolean empty();

    /** Empty when the name is taken in the company. Errors: COMPANY_NOT_FOUND. */
    Optional<Account> add(NewAccount account, long nowMs);

    Optional<Account> find(String companyId, String name);

    Optional<Account> find(long number);

    /** Changes displayName, profile, level, enabled and passwordHash under a row lock. */
    Optional<Account> update(long number, UnaryOperator<Account> change);

    boolean delete(long number);

    /**
     * @param text  found anywhere in account, name, e-mail or phone, whatever the case; "" = all
     * @param level 0 = all
     */
    record Search(String companyId, String text, int level, int page, int pageSize) {}

    /** One page, by account, and how many there are in all. */
    record Found(List<Account> accounts, long totalCount) {}

    Found search(Search search);
}
