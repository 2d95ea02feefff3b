package dev.parley.account.store;

import dev.parley.account.domain.Account;
import dev.parley.account.domain.AccountStore;
import dev.parley.account.domain.NewAccount;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Accounts in PostgreSQL. */
@ApplicationScoped
public class PgAccountStore implements AccountStore {
    /** {@code p.} is the person, {@code c.} the company, without which nobody is enabled. */
    static final String COLUMNS =
            "p.number, p.company_id, p.name, p.display_name, p.password_hash, p.level, p.email, p.phone,"
                    + " p.photo, p.address, p.job, p.enabled, p.created_at_ms, c.enabled as company_enabled";

    static final String TABLES = " from account.person p join account.company c on c.id = p.company_id";
    private static final String SELECT = "select " + COLUMNS + TABLES;

    private final Sql sql;

    PgAccountStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean empty() {
        return sql.one("select 1 from account.person limit 1", row -> true).isEmpty();
    }

    @Override
    public Optional<Account> add(NewAccount a, long nowMs) {
        try {
            var number = sql.one(
                    "insert into account.person (company_id, name, display_name, password_hash, level, email, phone, photo,"
                            + " address, job, created_at_ms) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                            + " on conflict (company_id, name) do nothing returning number",
                    row -> row.getLong("number"),
                    a.companyId(),
                    a.name(),
                    a.displayName(),
                    a.passwordHash(),
                    a.level(),
                    a.profile().email(),
                    a.profile().phone(),
                    a.profile().photo(),
                    a.profile().address(),
                    a.profile().job(),
                    nowMs);
            return number.flatMap(this::find);
        } catch (Sql.Conflict e) { // the name is asked for by "on conflict", so it is the company
            throw new RefusedException(ErrorCode.COMPANY_NOT_FOUND);
        }
    }

    @Override
    public Optional<Account> find(String companyId, String name) {
        return sql.one(SELECT + " where p.company_id = $1 and p.name = $2", PgAccountStore::read, companyId, name);
    }

    @Override
    public Optional<Account> find(long number) {
        return sql.one(SELECT + " where p.number = $1", PgAccountStore::read, number);
    }

    @Override
    public Optional<Account> update(long number, UnaryOperator<Account> change) {
        return sql.changeLocked(
                SELECT + " where p.number = $1 for update of p",
                PgAccountStore::read,
                change,
                a -> new Sql.Write(
                        "update account.person set display_name = $2, password_hash = $3, level = $4, email = $5, phone = $6,"
                                + " photo = $7, address = $8, job = $9, enabled = $10 where number = $1",
                        List.of(
                                a.number(),
                                a.displayName(),
                                a.passwordHash(),
                                a.level(),
                                a.profile().email(),
                                a.profile().phone(),
                                a.profile().photo(),
                                a.profile().address(),
                                a.profile().job(),
                                a.enabled())),
                number);
    }

    @Override
    public boolean delete(long number) {
        return sql.change("delete from account.person where number = $1", number) == 1;
    }

    @Override
    public Found search(Search search) {
        String where = " where p.company_id = $1 and ($2::int = 0 or p.level = $2) and ($3 = '' or"
                + " position(lower($3) in lower(concat_ws(chr(10), p.name, p.display_name, p.email, p.phone))) > 0)";
        Object[] values = {search.companyId(), search.level(), search.text()};
        long total = sql.one("select count(*) as total" + TABLES + where, row -> row.getLong("total"), values)
                .orElseThrow();
        var page = sql.list(
                SELECT + where + " order by p.name, p.number limit $4 offset $5",
                PgAccountStore::read,
                search.companyId(),
                search.level(),
                search.text(),
                search.pageSize(),
                (long) search.page() * search.pageSize());
        return new Found(page, total);
    }

    static Account read(Row row) {
        return new Account(
                row.getLong("number"),
                row.getString("company_id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("password_hash"),
                row.getInteger("level"),
                new Account.Profile(
                        row.getString("email"),
                        row.getString("phone"),
                        row.getString("photo"),
                        row.getString("address"),
                        row.getString("job")),
                row.getBoolean("enabled") && row.getBoolean("company_enabled"),
                row.getLong("created_at_ms"));
    }
}
