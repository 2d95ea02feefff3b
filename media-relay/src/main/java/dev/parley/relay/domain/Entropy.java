package dev.parley.relay.domain;

/** Random numbers for SSRCs and first sequence numbers; a test gives a seeded one. */
public interface Entropy {
    int nextInt();
}
