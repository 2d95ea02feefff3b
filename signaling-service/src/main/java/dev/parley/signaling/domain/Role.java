package dev.parley.signaling.domain;

/** What a participant may do to others. The dialects' moderator and chair are {@link #HOST}; a lecturer is a guest whom a layout favours. */
public enum Role implements WireName {
    HOST,
    COHOST,
    LECTURER,
    GUEST;

    /** May mute, kick, lock and let others into a locked room. */
    public boolean moderates() {
        return this == HOST || this == COHOST;
    }
}
