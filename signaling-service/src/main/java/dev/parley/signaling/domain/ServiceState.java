package dev.parley.signaling.domain;

/** A participant's place in its life; one that is gone is no longer in the room's state. The dialects' waiting room and IVR will be further constants. */
public enum ServiceState implements WireName {
    PRESENT,
    /** Its socket is gone and its grace time runs; media flows on. */
    RECONNECTING
}
