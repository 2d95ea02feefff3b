package dev.parley.account.store;

import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Call applications in PostgreSQL. */
@ApplicationScoped
public class PgApplicationStore implements ApplicationStore {
    private final Db db;

    PgApplicationStore(Db db) {
        this.db = db;
    }

    @Override
    public boolean add(Application application, byte[] sealedPrivateKey) {
        var row = ApplicationRow.of(application, sealedPrivateKey);
        return db.unlessTaken(row::persistAndFlush);
    }

    @Override
    public Optional<Application> find(String bizName) {
        return db.transaction(
                () -> ApplicationRow.<ApplicationRow>findById(bizName).map(PgApplicationStore::view));
    }

    @Override
    public List<Application> list(String companyId) {
        return db.transaction(() -> {
            Uni<List<ApplicationRow>> rows = companyId.isEmpty()
                    ? ApplicationRow.list("order by createdAtMs, bizName")
                    : ApplicationRow.list("companyId = ?1 order by createdAtMs, bizName", companyId);
            return rows.map(all -> all.stream().map(ApplicationRow::application).toList());
        });
    }

    @Override
    public Optional<Application> update(String bizName, UnaryOperator<Application> change) {
        return db.transaction(() -> ApplicationRow.<ApplicationRow>findById(bizName, LockModeType.PESSIMISTIC_WRITE)
                .invoke(row -> {
                    if (row != null) row.set(change.apply(row.application()));
                })
                .map(PgApplicationStore::view));
    }

    private static Optional<Application> view(ApplicationRow row) {
        return Optional.ofNullable(row).map(ApplicationRow::application);
    }
}
