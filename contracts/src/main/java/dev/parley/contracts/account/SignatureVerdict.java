package dev.parley.contracts.account;

/** Answer for a good signature; a bad one is SIGNATURE_INVALID. {@code expiresAtMs}: epoch milliseconds, read out of the signature. */
public record SignatureVerdict(String bizName, String uid, long expiresAtMs) {}
