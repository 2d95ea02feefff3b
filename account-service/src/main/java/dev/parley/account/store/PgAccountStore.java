package dev.parley.account.store;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Companies and accounts in PostgreSQL. */
@ApplicationScoped
public class PgAccountStore implements AccountStore {
    private final Db db;

    PgAccountStore(Db db) {
        this.db = db;
    }

    @Override
    public void ensureCompany(String companyId, long nowMs) {
        if (db.transaction(() -> CompanyRow.<CompanyRow>findById(companyId).map(Optional::ofNullable))
                .isPresent()) {
            return;
        }
        db.unlessTaken(() -> {
            var row = new CompanyRow();
            row.id = companyId;
            row.createdAtMs = nowMs;
            return row.persistAndFlush();
        });
    }

    @Override
    public boolean empty() {
        return db.transaction(() -> AccountRow.count()) == 0;
    }

    @Override
    public boolean add(Account account, long nowMs) {
        return db.unlessTaken(() -> AccountRow.of(account, nowMs).persistAndFlush());
    }

    @Override
    public Optional<Account> find(String companyId, String name) {
        return db.transaction(() -> AccountRow.<AccountRow>find("companyId = ?1 and name = ?2", companyId, name)
                .firstResult()
                .map(row -> Optional.ofNullable(row).map(AccountRow::account)));
    }
}
