package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where call applications are kept. Calls wait on the store; not for event loops. */
public interface ApplicationStore {
    /** False when the bizName, or the name within its company, is taken. */
    boolean add(Application application);

    Optional<Application> find(String bizName);

    /** Oldest first; all companies when {@code companyId} is "". */
    List<Application> list(String companyId);

    /** Changes the settings under a row lock; the change must keep bizName, company and name. */
    Optional<Application> update(String bizName, UnaryOperator<Application> change);
}
