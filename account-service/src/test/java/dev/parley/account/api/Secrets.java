package dev.parley.account.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** Secrets made for one test run, as the launcher makes them for an installation. */
public final class Secrets implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "PARLEY_MASTER_KEY",
                random(),
                "PARLEY_SERVICE_SECRET",
                random(),
                "PARLEY_ADMIN_PASSWORD",
                random(),
                "PARLEY_SEED_DEMO",
                "true",
                "parley.account.bcrypt-cost",
                "4",
                "PARLEY_PRIVATE_TARGETS",
                "127.0.0.2/32");
    }

    @Override
    public void stop() {}

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
