package dev.parley.recorder.client;

import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.CallbackKeyring;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Each application's key for the signatures of its callbacks: HKDF-SHA256 (RFC 5869) of the suite's master key with the application's name,
 * so that all copies have the same one and none is stored. Thread safe.
 */
@ApplicationScoped
public class CallbackKeys implements CallbackKeyring {
    private static final int BYTES = 32;

    private final Optional<byte[]> master;

    CallbackKeys(Settings settings) {
        master = settings.masterKey().map(text -> Base64.getDecoder().decode(text));
        if (master.isPresent() && master.get().length != BYTES)
            throw new IllegalArgumentException("PARLEY_MASTER_KEY must be 32 bytes in Base64");
    }

    /** Empty when the suite has no master key. */
    @Override
    public Optional<String> of(String bizName) {
        return master.map(key -> HexFormat.of().formatHex(derived(key, "parley callback v1 " + bizName)));
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

    private static byte[] derived(byte[] master, String info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(master)
                            .thenExpand(info.getBytes(StandardCharsets.UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
        }
    }
}
