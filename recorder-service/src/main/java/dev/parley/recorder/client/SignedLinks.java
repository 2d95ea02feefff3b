package dev.parley.recorder.client;

import dev.parley.recorder.Settings;
import dev.parley.recorder.crypto.MasterKey;
import dev.parley.recorder.domain.FilmLinks;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/** Links signed with a key of the suite's master key, so that each recorder takes those of the others; without one, this process's own only. */
@ApplicationScoped
public class SignedLinks implements FilmLinks {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;

    private final String base;
    private final String key;

    SignedLinks(Settings settings) {
        base = settings.url();
        key = HexFormat.of()
                .formatHex(settings.masterKey()
                        .map(master -> MasterKey.of(master).derived("parley film links v1", KEY_BYTES))
                        .orElseGet(() -> new SecureRandom().generateSeed(KEY_BYTES)));
    }

    @Override
    public String url(String path) {
        long untilMs = System.currentTimeMillis() + LIFE.toMillis();
        return base + "/v1/films?key=" + URLEncoder.encode(path, StandardCharsets.UTF_8) + "&until=" + untilMs
                + "&signature=" + CallbackKeys.signature(key, untilMs, path);
    }

    @Override
    public boolean isGood(String path, long untilMs, String signature) {
        byte[] right = CallbackKeys.signature(key, untilMs, path).getBytes(StandardCharsets.UTF_8);
        return untilMs > System.currentTimeMillis()
                && MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }
}
