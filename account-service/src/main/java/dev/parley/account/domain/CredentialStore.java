package dev.parley.account.domain;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where API credentials, their signs and the nonces of OpenAPI calls are kept. Calls wait on the store; not for event loops. */
public interface CredentialStore {
    /** A credential that has not expired, its application and whether its company is enabled. */
    record Found(Credential credential, Application application, boolean companyEnabled, String secret) {}

    /** False when the application has {@link Credential#PER_APPLICATION_MAX} already. */
    boolean add(Credential credential, String secret);

    /** Newest first. */
    List<Credential> list(String bizName);

    Optional<Found> find(String appId, long nowMs);

    /** Changes name and authUrl. */
    Optional<Credential> update(String bizName, String appId, UnaryOperator<Credential> change);

    /** Its signs end too. */
    boolean changeSecret(String bizName, String appId, String secret);

    boolean delete(String bizName, String appId);

    void addSign(String appId, byte[] signDigest, long nowMs, long expiresAtMs);

    Optional<Found> findSign(byte[] signDigest, long nowMs);

    /** False when this nonce was seen before. Nonces seen before {@code forgetBeforeMs} are forgotten. */
    boolean firstUse(String appId, String nonce, long nowMs, long forgetBeforeMs);
}
