package dev.parley.account.store;

import dev.parley.account.domain.Application;
import dev.parley.account.domain.ApplicationStore;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Call applications in PostgreSQL. */
@ApplicationScoped
public class PgApplicationStore implements ApplicationStore {
    private final Sql sql;

    PgApplicationStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean add(Application a) {
        return sql.change(
                        "insert into account.application (biz_name, company_id, name, app_id, workspace_id, auto_record,"
                                + " callback_url, guests_allowed, signature_life_max_s, created_at_ms)"
                                + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
                        a.bizName(),
                        a.companyId(),
                        a.name(),
                        a.appId(),
                        a.workspaceId(),
                        a.autoRecord(),
                        a.callbackUrl(),
                        a.guestsAllowed(),
                        a.signatureLifeMaxS(),
                        a.createdAtMs())
                == 1;
    }

    @Override
    public Optional<Application> find(String bizName) {
        return sql.one("select * from account.application where biz_name = $1", PgApplicationStore::read, bizName);
    }

    @Override
    public List<Application> list(String companyId) {
        return sql.list(
                "select * from account.application where $1 = '' or company_id = $1 order by created_at_ms, biz_name",
                PgApplicationStore::read,
                companyId);
    }

    @Override
    public Optional<Application> update(String bizName, UnaryOperator<Application> change) {
        return sql.changeLocked(
                "select * from account.application where biz_name = $1 for update",
                PgApplicationStore::read,
                change,
                a -> new Sql.Write(
                        "update account.application set auto_record = $2, callback_url = $3, guests_allowed = $4,"
                                + " signature_life_max_s = $5 where biz_name = $1",
                        List.of(
                                a.bizName(),
                                a.autoRecord(),
                                a.callbackUrl(),
                                a.guestsAllowed(),
                                a.signatureLifeMaxS())),
                bizName);
    }

    static Application read(Row row) {
        return new Application(
                row.getString("biz_name"),
                row.getString("company_id"),
                row.getString("name"),
                row.getString("app_id"),
                row.getString("workspace_id"),
                row.getBoolean("auto_record"),
                row.getString("callback_url"),
                row.getBoolean("guests_allowed"),
                row.getInteger("signature_life_max_s"),
                row.getLong("created_at_ms"));
    }
}
