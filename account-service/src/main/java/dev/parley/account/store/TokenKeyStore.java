package dev.parley.account.store;

import dev.parley.account.crypto.Keys;
import dev.parley.account.crypto.SealedBox;
import dev.parley.account.domain.KeyRing;
import dev.parley.account.domain.SigningKey;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The token keys in PostgreSQL; copies of the service change them one at a time. Calls wait; not for event loops. */
@ApplicationScoped
public class TokenKeyStore {
    /** Any number that nobody else locks in this database. */
    private static final long RING_LOCK = 0x5061_726C_6579_0001L;

    /** A key as the service uses it. */
    public record Loaded(SigningKey key, ECPublicKey publicKey, PrivateKey privateKey) {}

    private final Db db;
    private final SealedBox box;

    TokenKeyStore(Db db, SealedBox box) {
        this.db = db;
        this.box = box;
    }

    public List<Loaded> load() {
        List<TokenKeyRow> rows = db.transaction(() -> TokenKeyRow.listAll());
        return rows.stream().map(this::open).toList();
    }

    /** Lets the rules see the keys and carries out what they say, while no other copy does the same. */
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

    private Loaded open(TokenKeyRow row) {
        var privateKey = Keys.tokenPrivate(box.open("token key " + row.kid, row.sealedPrivateKey));
        return new Loaded(row.key(), Keys.tokenPublic(row.publicKey), privateKey);
    }
}
