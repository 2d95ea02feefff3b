package dev.parley.account.store;

import dev.parley.account.crypto.Keys;
import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.KeyRing;
import dev.parley.account.domain.SigningKey;
import dev.parley.account.domain.TokenKey;
import dev.parley.account.domain.TokenKeyStore;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The token keys in PostgreSQL; copies of the service change them one at a time. The private ones are sealed. */
@ApplicationScoped
public class PgTokenKeyStore implements TokenKeyStore {
    /** Any number that nobody else locks in this database. */
    private static final long RING_LOCK = 0x5061_726C_6579_0001L;

    private final Db db;
    private final SealedBox box;

    PgTokenKeyStore(Db db, SealedBox box) {
        this.db = db;
        this.box = box;
    }

    @Override
    public List<TokenKey> load() {
        List<TokenKeyRow> rows = db.transaction(() -> TokenKeyRow.listAll());
        return rows.stream().map(this::open).toList();
    }

    @Override
    public void change(Function<List<SigningKey>, List<KeyRing.Action>> rules, long nowMs) {
        db.transaction(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(
                                "select cast(pg_advisory_xact_lock(:lock) as text)", String.class)
                        .setParameter("lock", RING_LOCK)
                        .getSingleResult())
                .flatMap(locked -> TokenKeyRow.<TokenKeyRow>listAll())
                .flatMap(rows -> {
                    Uni<Void> done = Uni.createFrom().voidItem();
                    for (var action :
                            rules.apply(rows.stream().map(TokenKeyRow::key).toList())) {
                        done = done.flatMap(ignored -> apply(action, rows, nowMs));
                    }
                    return done;
                }));
    }

    private Uni<Void> apply(KeyRing.Action action, List<TokenKeyRow> rows, long nowMs) {
        return switch (action) {
            case KeyRing.Action.Make(long signsFromMs) ->
                newRow(signsFromMs, nowMs).persist().replaceWithVoid();
            case KeyRing.Action.Appoint(String kid, long signsFromMs) -> {
                row(rows, kid).signsFromMs = signsFromMs; // managed: written at commit
                yield Uni.createFrom().voidItem();
            }
            case KeyRing.Action.Delete(String kid) -> row(rows, kid).delete();
        };
    }

    private static TokenKeyRow row(List<TokenKeyRow> rows, String kid) {
        return rows.stream().filter(r -> r.kid.equals(kid)).findFirst().orElseThrow();
    }

    private TokenKeyRow newRow(long signsFromMs, long nowMs) {
        KeyPair pair = Keys.newTokenKey();
        var row = new TokenKeyRow();
        row.kid = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        row.publicKey = pair.getPublic().getEncoded();
        row.sealedPrivateKey =
                box.seal("token key " + row.kid, pair.getPrivate().getEncoded());
        row.createdAtMs = nowMs;
        row.signsFromMs = signsFromMs;
        return row;
    }

    private TokenKey open(TokenKeyRow row) {
        var privateKey = Keys.tokenPrivate(box.open("token key " + row.kid, row.sealedPrivateKey));
        return new TokenKey(row.key(), Keys.tokenPublic(row.publicKey), privateKey);
    }
}
