package dev.parley.account.domain;

/** Password hashing: slow by design, so never on an event loop. */
public interface Passwords {
    String hash(String password);

    boolean matches(String password, String hash);
}
