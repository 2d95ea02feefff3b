package dev.parley.account.store;

import dev.parley.account.domain.AuditLog;
import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Role;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The audit log in PostgreSQL; triggers keep it append-only. */
@ApplicationScoped
public class PgAuditLog implements AuditLog {
    private final Sql sql;

    PgAuditLog(Sql sql) {
        this.sql = sql;
    }

    @Override
    public long begin(Entry e) {
        return sql.one(
                        "insert into account.audit_entry (at_ms, actor, role, company_id, address, operation, target)"
                                + " values ($1, $2, $3, $4, $5, $6, $7) returning id",
                        row -> row.getLong("id"),
                        e.atMs(),
                        e.actor(),
                        e.role().name(),
                        e.companyId(),
                        e.address(),
                        e.operation().name(),
                        e.target())
                .orElseThrow();
    }

    @Override
    public void end(long id, long atMs, int status, String code, String target) {
        sql.change(
                "insert into account.audit_outcome (entry, at_ms, status, code, target) values ($1, $2, $3, $4, $5)",
                id,
                atMs,
                status,
                code,
                target);
    }

    @Override
    public List<Line> list(String companyId, long beforeId, int count) {
        return sql.list(
                "select e.*, coalesce(o.status, 0) as status, coalesce(o.code, '') as code,"
                        + " coalesce(nullif(o.target, ''), e.target) as shown_target from account.audit_entry e"
                        + " left join account.audit_outcome o on o.entry = e.id"
                        + " where ($1 = '' or e.company_id = $1) and ($2::bigint = 0 or e.id < $2) order by e.id desc limit $3",
                PgAuditLog::read,
                companyId,
                beforeId,
                count);
    }

    private static Line read(Row row) {
        return new Line(
                row.getLong("id"),
                new Entry(
                        row.getLong("at_ms"),
                        row.getString("actor"),
                        Role.valueOf(row.getString("role")),
                        row.getString("company_id"),
                        row.getString("address"),
                        Operation.valueOf(row.getString("operation")),
                        row.getString("shown_target")),
                row.getInteger("status"),
                row.getString("code"));
    }
}
