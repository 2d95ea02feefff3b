package dev.parley.account.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens whose signature was found good, so that one that is shown again costs a digest instead of an elliptic curve. What it says of a
 * session is looked up each time all the same. Bounded: forgets the one not shown for longest. Threads: any.
 */
public final class CheckedTokens<T> {
    private record Checked<T>(T value, long expiresAtMs) {}

    private final Map<String, Checked<T>> tokens;

    public CheckedTokens(int tokensMax) {
        tokens = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Checked<T>> eldest) {
                return size() > tokensMax;
            }
        };
    }

    /** What was kept of this very token; never after its end. */
    public Optional<T> find(String token, long nowMs) {
        String digest = digest(token);
        synchronized (this) {
            var checked = tokens.get(digest);
            if (checked == null) return Optional.empty();
            if (nowMs < checked.expiresAtMs) return Optional.of(checked.value);
            tokens.remove(digest);
            return Optional.empty();
        }
    }

    public void put(String token, T value, long expiresAtMs) {
        String digest = digest(token);
        synchronized (this) {
            tokens.put(digest, new Checked<>(value, expiresAtMs));
        }
    }

    synchronized int size() {
        return tokens.size();
    }

    /** By digest, so that the time of a look-up tells nothing of a token that somebody else holds. */
    private static String digest(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
