package dev.parley.signaling.domain;

/** Why a room is over. */
public enum EndReason implements WireName {
    /** Asked by a host or over REST. */
    ENDED,
    /** Nobody was in it for the grace time, or its last participant left and it was to end then. */
    EMPTY
}
