package dev.parley.account.store;

import dev.parley.account.domain.Account;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of {@code person} ({@code user} is a word of SQL). */
@Entity
@Table(name = "person")
public class AccountRow extends PanacheEntityBase {
    @Id
    public UUID id;

    public String companyId;
    public String name;
    public String displayName;
    public String passwordHash;
    public String groupName;
    public long createdAtMs;

    static AccountRow of(Account account, long nowMs) {
        var row = new AccountRow();
        row.id = UUID.randomUUID();
        row.companyId = account.companyId();
        row.name = account.name();
        row.displayName = account.displayName();
        row.passwordHash = account.passwordHash();
        row.groupName = account.group();
        row.createdAtMs = nowMs;
        return row;
    }

    Account account() {
        return new Account(companyId, name, displayName, passwordHash, groupName);
    }
}
