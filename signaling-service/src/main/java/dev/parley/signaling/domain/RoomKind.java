package dev.parley.signaling.domain;

/** The dialects' room types 1, 2 and 3. */
public enum RoomKind implements WireName {
    AUDIO,
    VIDEO,
    TRAINING
}
