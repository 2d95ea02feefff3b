package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where companies are kept. Calls wait on the store; not for event loops. */
public interface CompanyStore {
    /** False when there is one of this id. */
    boolean add(String id, String displayName, long nowMs);

    Optional<Company> find(String id);

    /** By number. */
    Optional<Company> find(long number);

    /** Oldest first, one page. */
    List<Company> list(int page, int pageSize);

    /** Changes all but id and numbers, under a row lock. */
    Optional<Company> update(String id, UnaryOperator<Company> change);

    /** What became of {@link #delete}. */
    enum Deleted {
        DONE,
        NONE,
        IN_USE
    }

    /** Only a company without accounts and applications. */
    Deleted delete(String id);
}
