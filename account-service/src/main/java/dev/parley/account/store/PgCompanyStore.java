package dev.parley.account.store;

import dev.parley.account.domain.Company;
import dev.parley.account.domain.CompanyStore;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Companies in PostgreSQL. */
@ApplicationScoped
public class PgCompanyStore implements CompanyStore {
    private final Sql sql;

    PgCompanyStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean add(String id, String displayName, long nowMs) {
        return sql.change(
                        "insert into account.company (id, display_name, created_at_ms) values ($1, $2, $3)"
                                + " on conflict (id) do nothing",
                        id,
                        displayName,
                        nowMs)
                == 1;
    }

    @Override
    public Optional<Company> find(String id) {
        return sql.one("select * from account.company where id = $1", PgCompanyStore::read, id);
    }

    @Override
    public Optional<Company> find(long number) {
        return sql.one("select * from account.company where number = $1", PgCompanyStore::read, number);
    }

    @Override
    public List<Company> list(int page, int pageSize) {
        return sql.list(
                "select * from account.company order by number limit $1 offset $2",
                PgCompanyStore::read,
                pageSize,
                (long) page * pageSize);
    }

    @Override
    public Optional<Company> update(String id, UnaryOperator<Company> change) {
        return sql.changeLocked(
                "select * from account.company where id = $1 for update",
                PgCompanyStore::read,
                change,
                c -> new Sql.Write(
                        "update account.company set display_name = $2, email = $3, phone = $4, logo = $5, address = $6,"
                                + " enabled = $7 where id = $1",
                        List.of(c.id(), c.displayName(), c.email(), c.phone(), c.logo(), c.address(), c.enabled())),
                id);
    }

    @Override
    public Deleted delete(String id) {
        try {
            return sql.change("delete from account.company where id = $1", id) == 1 ? Deleted.DONE : Deleted.NONE;
        } catch (Sql.Conflict e) {
            return Deleted.IN_USE;
        }
    }

    private static Company read(Row row) {
        return new Company(
                row.getString("id"),
                row.getLong("number"),
                row.getString("display_name"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("logo"),
                row.getString("address"),
                row.getBoolean("enabled"),
                row.getLong("created_at_ms"));
    }
}
