package dev.parley.recorder.client;

import dev.parley.recorder.Settings;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.domain.CallbackKeyring;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Each application's key for the signatures of its callbacks: HKDF-SHA256 (RFC 5869) of the suite's master key with the application's name,
 * so that all copies have the same one and none is stored. Thread safe.
 */
@ApplicationScoped
public class CallbackKeys implements CallbackKeyring {
    private static final int BYTES = 32;

    private final Optional<MasterKey> master;

    CallbackKeys(Settings settings) {
        master = settings.masterKey().map(MasterKey::of);
    }

    /** Empty when the suite has no master key. */
    @Override
    public Optional<String> of(String bizName) {
        return master.map(key -> HexFormat.of().formatHex(key.derived("parley callback v1 " + bizName, BYTES)));
    }

    /** Lower-case hex of HMAC-SHA256 over {@code <timestamp>.<body>} in UTF-8. @param key as {@link #of} gives it, used as text */
    static String signature(String key, long timestampMs, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((timestampMs + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
