package dev.parley.relay.tap;

/** Checks the token of a hello. Blocking: the first check may fetch keys. */
public interface ServiceTokens {
    /** True for a valid token with group service. */
    boolean isService(String token);
}
