package dev.parley.account.store;

import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.Credential;
import dev.parley.account.domain.CredentialStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** API credentials in PostgreSQL: secrets sealed, since signatures are made with them; signs as digests. */
@ApplicationScoped
public class PgCredentialStore implements CredentialStore {
    private static final String COLUMNS =
            "k.app_id as credential_id, k.biz_name as credential_biz, k.name as credential_name,"
                    + " k.auth_url, k.created_at_ms as credential_created_at_ms, k.expires_at_ms";

    private static final String FOUND = "select " + COLUMNS + ", k.sealed_secret, a.*, c.enabled as company_enabled"
            + " from account.credential k join account.application a on a.biz_name = k.biz_name"
            + " join account.company c on c.id = a.company_id";

    private final Sql sql;
    private final SealedBox box;

    PgCredentialStore(Sql sql, SealedBox box) {
        this.sql = sql;
        this.box = box;
    }

    @Override
    public boolean add(Credential k, String secret) {
        return sql.transaction(connection -> Sql.execute(
                        connection, "select 1 from account.application where biz_name = $1 for update", k.bizName())
                .flatMap(_ -> Sql.execute(
                        connection,
                        "select count(*) as total from account.credential where biz_name = $1",
                        k.bizName()))
                .flatMap(count -> {
                    if (count.iterator().next().getLong("total") >= Credential.PER_APPLICATION_MAX) {
                        return Uni.createFrom().item(false);
                    }
                    return Sql.execute(
                                    connection,
                                    "insert into account.credential (app_id, biz_name, name, sealed_secret, auth_url,"
                                            + " created_at_ms, expires_at_ms) values ($1, $2, $3, $4, $5, $6, $7)",
                                    k.appId(),
                                    k.bizName(),
                                    k.name(),
                                    sealed(k.appId(), secret),
                                    k.authUrl(),
                                    k.createdAtMs(),
                                    k.expiresAtMs())
                            .replaceWith(true);
                }));
    }

    @Override
    public List<Credential> list(String bizName) {
        return sql.list(
                "select " + COLUMNS
                        + " from account.credential k where k.biz_name = $1 order by k.created_at_ms desc, k.app_id",
                PgCredentialStore::read,
                bizName);
    }

    @Override
    public Optional<Found> find(String appId, long nowMs) {
        return sql.one(FOUND + " where k.app_id = $1 and k.expires_at_ms > $2", this::found, appId, nowMs);
    }

    @Override
    public Optional<Credential> update(String bizName, String appId, UnaryOperator<Credential> change) {
        return sql.changeLocked(
                "select " + COLUMNS + " from account.credential k where k.biz_name = $1 and k.app_id = $2 for update",
                PgCredentialStore::read,
                change,
                k -> new Sql.Write(
                        "update account.credential set name = $2, auth_url = $3 where app_id = $1",
                        List.of(k.appId(), k.name(), k.authUrl())),
                bizName,
                appId);
    }

    @Override
    public boolean changeSecret(String bizName, String appId, String secret) {
        return sql.transaction(connection -> Sql.execute(
                        connection,
                        "delete from account.api_sign where app_id in (select app_id from account.credential"
                                + " where biz_name = $1 and app_id = $2)",
                        bizName,
                        appId)
                .flatMap(_ -> Sql.execute(
                        connection,
                        "update account.credential set sealed_secret = $3 where biz_name = $1 and app_id = $2",
                        bizName,
                        appId,
                        sealed(appId, secret)))
                .map(changed -> changed.rowCount() == 1));
    }

    @Override
    public boolean delete(String bizName, String appId) {
        return sql.change("delete from account.credential where biz_name = $1 and app_id = $2", bizName, appId) == 1;
    }

    @Override
    public void addSign(String appId, byte[] signDigest, long nowMs, long expiresAtMs) {
        sql.transaction(connection -> Sql.execute(
                        connection,
                        "delete from account.api_sign where app_id = $1 and (expires_at_ms <= $2 or sign_digest in (select"
                                + " sign_digest from account.api_sign where app_id = $1 order by expires_at_ms desc offset $3))",
                        appId,
                        nowMs,
                        Credential.SIGNS_MAX - 1)
                .flatMap(_ -> Sql.execute(
                        connection,
                        "insert into account.api_sign (sign_digest, app_id, expires_at_ms) values ($1, $2, $3)",
                        Buffer.buffer(signDigest),
                        appId,
                        expiresAtMs)));
    }

    @Override
    public Optional<Found> findSign(byte[] signDigest, long nowMs) {
        return sql.one(
                FOUND + " join account.api_sign s on s.app_id = k.app_id"
                        + " where s.sign_digest = $1 and s.expires_at_ms > $2 and k.expires_at_ms > $2",
                this::found,
                Buffer.buffer(signDigest),
                nowMs);
    }

    @Override
    public boolean firstUse(String appId, String nonce, long nowMs, long forgetBeforeMs) {
        return sql.transaction(connection -> Sql.execute(
                        connection,
                        "delete from account.nonce where app_id = $1 and seen_at_ms < $2",
                        appId,
                        forgetBeforeMs)
                .flatMap(_ -> Sql.execute(
                        connection,
                        "insert into account.nonce (app_id, nonce, seen_at_ms) values ($1, $2, $3) on conflict do nothing",
                        appId,
                        nonce,
                        nowMs))
                .map(inserted -> inserted.rowCount() == 1));
    }

    private Buffer sealed(String appId, String secret) {
        return Buffer.buffer(box.seal("credential " + appId, secret.getBytes(StandardCharsets.UTF_8)));
    }

    private Found found(Row row) {
        var credential = read(row);
        byte[] secret = box.open(
                "credential " + credential.appId(),
                row.getBuffer("sealed_secret").getBytes());
        return new Found(
                credential,
                PgApplicationStore.read(row),
                row.getBoolean("company_enabled"),
                new String(secret, StandardCharsets.UTF_8));
    }

    private static Credential read(Row row) {
        return new Credential(
                row.getString("credential_id"),
                row.getString("credential_biz"),
                row.getString("credential_name"),
                row.getString("auth_url"),
                row.getLong("credential_created_at_ms"),
                row.getLong("expires_at_ms"));
    }
}
