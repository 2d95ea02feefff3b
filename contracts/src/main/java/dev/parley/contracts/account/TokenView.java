package dev.parley.contracts.account;

/** A JWT (ES256) and when it ends, epoch milliseconds. */
public record TokenView(String token, String uid, long expiresAtMs) {}
