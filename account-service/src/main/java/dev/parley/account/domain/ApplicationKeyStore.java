package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;

/** Where applications' keys are kept. Calls wait on the store; not for event loops. */
public interface ApplicationKeyStore {
    /**
     * Adds it, and lets the application's other keys expire at {@code othersUntilMs} unless they do before; {@link ApplicationKey#NEVER}
     * leaves them.
     *
     * @param privateKey PKCS#8, or empty
     * @return false when the application has {@link ApplicationKey#PER_APPLICATION_MAX} already
     */
    boolean add(ApplicationKey key, Optional<byte[]> privateKey, long othersUntilMs);

    /** Newest first. */
    List<ApplicationKey> list(String bizName);

    /** PKCS#8; empty when there is none. */
    Optional<byte[]> privateKey(String bizName, String id);

    boolean expire(String bizName, String id, long atMs);

    boolean delete(String bizName, String id);
}
