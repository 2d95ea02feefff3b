package dev.parley.account.store;

import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.ApplicationKey;
import dev.parley.account.domain.ApplicationKeyStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Applications' keys in PostgreSQL; the private ones are sealed. */
@ApplicationScoped
public class PgApplicationKeyStore implements ApplicationKeyStore {
    private final Sql sql;
    private final SealedBox box;

    PgApplicationKeyStore(Sql sql, SealedBox box) {
        this.sql = sql;
        this.box = box;
    }

    @Override
    public boolean add(ApplicationKey key, Optional<byte[]> privateKey, long othersUntilMs) {
        String label = "application key " + key.bizName() + " " + key.id();
        var sealed =
                privateKey.map(plain -> Buffer.buffer(box.seal(label, plain))).orElse(null);
        return sql.transaction(connection -> Sql.execute(
                        connection, "select 1 from account.application where biz_name = $1 for update", key.bizName())
                .flatMap(_ -> Sql.execute(
                        connection,
                        "select count(*) as keys from account.application_key where biz_name = $1",
                        key.bizName()))
                .flatMap(count -> {
                    if (count.iterator().next().getLong("keys") >= ApplicationKey.PER_APPLICATION_MAX) {
                        return Uni.createFrom().item(false);
                    }
                    return Sql.execute(
                                    connection,
                                    "update account.application_key set expires_at_ms = least(expires_at_ms, $2)"
                                            + " where biz_name = $1",
                                    key.bizName(),
                                    othersUntilMs)
                            .flatMap(_ -> Sql.execute(
                                    connection,
                                    "insert into account.application_key (id, biz_name, algorithm, bits, public_key,"
                                            + " sealed_private_key, seal_label, created_at_ms, expires_at_ms)"
                                            + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                                    key.id(),
                                    key.bizName(),
                                    key.algorithm().name(),
                                    key.bits(),
                                    key.publicKey(),
                                    sealed,
                                    label,
                                    key.createdAtMs(),
                                    key.expiresAtMs()))
                            .replaceWith(true);
                }));
    }

    @Override
    public List<ApplicationKey> list(String bizName) {
        return sql.list(
                "select * from account.application_key where biz_name = $1 order by created_at_ms desc, id",
                PgApplicationKeyStore::read,
                bizName);
    }

    @Override
    public Optional<byte[]> privateKey(String bizName, String id) {
        return sql.one(
                "select sealed_private_key, seal_label from account.application_key where biz_name = $1 and id = $2"
                        + " and sealed_private_key is not null",
                row -> box.open(
                        row.getString("seal_label"),
                        row.getBuffer("sealed_private_key").getBytes()),
                bizName,
                id);
    }

    @Override
    public boolean expire(String bizName, String id, long atMs) {
        return sql.change(
                        "update account.application_key set expires_at_ms = $3 where biz_name = $1 and id = $2",
                        bizName,
                        id,
                        atMs)
                == 1;
    }

    @Override
    public boolean delete(String bizName, String id) {
        return sql.change("delete from account.application_key where biz_name = $1 and id = $2", bizName, id) == 1;
    }

    private static ApplicationKey read(Row row) {
        return new ApplicationKey(
                row.getString("id"),
                row.getString("biz_name"),
                ApplicationKey.Algorithm.valueOf(row.getString("algorithm")),
                row.getInteger("bits"),
                row.getString("public_key"),
                row.getValue("sealed_private_key") != null,
                row.getLong("created_at_ms"),
                row.getLong("expires_at_ms"));
    }
}
