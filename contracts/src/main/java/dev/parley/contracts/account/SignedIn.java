package dev.parley.contracts.account;

/**
 * Answer to a sign-in and to a renewal.
 *
 * @param token         JWT (ES256) for the requests that follow, for 15 minutes
 * @param expiresAtMs   when the token ends, epoch milliseconds
 * @param sid           the session's secret: a new token is had for it at {@code POST /v1/sessions:renew}; "" in the answer to a renewal
 * @param sidEndsAtMs   when the session ends unless it is used, epoch milliseconds
 */
public record SignedIn(String token, String uid, long expiresAtMs, String sid, long sidEndsAtMs, UserView user) {}
