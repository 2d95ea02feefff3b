package dev.parley.account.domain;

/** Gives a service token of this service that is good for a while. Thread safe. */
public interface OwnToken {
    /** For at least so long. */
    long LEFT_MS = 60_000;

    String get();
}
