package dev.parley.contracts.account;

/** Body of {@code POST /v1/guest-tokens} at account (and of the same at signaling, which passes it on). {@code room} may be "" for any room. */
public record GuestTokenRequest(String bizName, String displayName, String room) {}
