package dev.parley.account.api;

import dev.parley.account.domain.Grant;
import dev.parley.account.domain.KeyRing;
import dev.parley.account.domain.SigningKey;
import dev.parley.account.domain.TokenKey;
import dev.parley.account.domain.TokenKeyStore;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The token keys in memory. They are read anew when older than the setting, and due upkeep is done on that occasion, so that no timer is
 * needed; while the database is away the keys at hand go on working. Threads: any that may wait.
 */
@ApplicationScoped
public class TokenKeys {
    private static final Logger LOG = Logger.getLogger(TokenKeys.class);

    private record Snapshot(List<TokenKey> keys, long readAtMs) {}

    private final TokenKeyStore store;
    private final Time time;
    private final KeyRing.Policy policy;
    private final long reloadMs;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(List.of(), Long.MIN_VALUE / 2);

    TokenKeys(TokenKeyStore store, Time time, Settings settings) {
        this.store = store;
        this.time = time;
        this.policy = new KeyRing.Policy(
                settings.keyLife().toMillis(), settings.keyLead().toMillis(), Grant.TTL_MAX_SECONDS * 1000 + 60_000);
        this.reloadMs = settings.keyReload().toMillis();
    }

    /** All keys to show: what signed, what signs, what will sign. */
    public List<TokenKey> published() {
        return fresh();
    }

    public Optional<TokenKey> find(String kid) {
        return fresh().stream().filter(k -> k.key().kid().equals(kid)).findFirst();
    }

    /** The key that signs now. Errors: UNAVAILABLE when none could be read yet. */
    public TokenKey signer() {
        var keys = fresh();
        return KeyRing.signer(keys.stream().map(TokenKey::key).toList(), time.nowMs())
                .flatMap(k -> keys.stream().filter(l -> l.key().equals(k)).findFirst())
                .orElseThrow(() -> new RefusedException(ErrorCode.UNAVAILABLE));
    }

    /** Appoints the next key; answers all keys. */
    public List<SigningKey> rotate() {
        store.change(keys -> KeyRing.rotate(keys, time.nowMs(), policy), time.nowMs());
        reading.lock();
        try {
            read();
        } finally {
            reading.unlock();
        }
        return snapshot.keys.stream().map(TokenKey::key).toList();
    }

    private List<TokenKey> fresh() {
        var seen = snapshot;
        if (time.nowMs() - seen.readAtMs < reloadMs) return seen.keys;
        reading.lock();
        try {
            if (snapshot == seen) read(); // else another thread has just done it
        } catch (RefusedException e) {
            if (seen.keys.isEmpty()) throw e;
            LOG.warn("the token keys could not be read again; those at hand go on working");
            snapshot = new Snapshot(seen.keys, time.nowMs());
        } finally {
            reading.unlock();
        }
        return snapshot.keys;
    }

    private void read() {
        var keys = store.load();
        long nowMs = time.nowMs();
        if (!KeyRing.upkeep(keys.stream().map(TokenKey::key).toList(), nowMs, policy)
                .isEmpty()) {
            store.change(current -> KeyRing.upkeep(current, nowMs, policy), nowMs);
            keys = store.load();
        }
        snapshot = new Snapshot(keys, time.nowMs());
    }
}
