package dev.parley.signaling.domain;

/** Open -> Started: somebody has entered. Open, Started -> Ended: asked, or empty for the grace time. Ended is final for this incarnation of the room. */
public enum Phase implements WireName {
    OPEN,
    STARTED,
    ENDED
}
