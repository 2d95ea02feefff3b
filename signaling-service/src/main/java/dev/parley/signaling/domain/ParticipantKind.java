package dev.parley.signaling.domain;

/** How a participant is in the room. Only a {@link #MEMBER} has a session and a socket. */
public enum ParticipantKind implements WireName {
    MEMBER,
    /** Publishes by WHIP (RFC 9725); lives as long as its transport. */
    WHIP,
    /** Watches by WHEP; lives as long as its transport. */
    WHEP,
    /** A file that vod plays into the room. */
    PLAYBACK;

    /** A played file takes nobody's place. */
    public boolean countsForCapacity() {
        return this != PLAYBACK;
    }

    /** First part of the participant's id, so that what a relay tells of a member's transport costs no look at the store. */
    public String idPrefix() {
        return livesByTransport() ? "w" : "p";
    }

    /** Nobody behind it sends heartbeats: its transport is its life. */
    public boolean livesByTransport() {
        return this == WHIP || this == WHEP;
    }
}
