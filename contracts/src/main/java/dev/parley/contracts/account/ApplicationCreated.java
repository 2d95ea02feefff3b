package dev.parley.contracts.account;

/**
 * Answer of {@code POST /v1/applications}.
 *
 * @param privateKey signs for the application's users (MRTC-SIG-03): PKCS#8 DER in Base64 without PEM lines; shown here and never again
 * @param publicKey  X.509 SubjectPublicKeyInfo in Base64
 */
public record ApplicationCreated(ApplicationView application, String privateKey, String publicKey) {}
