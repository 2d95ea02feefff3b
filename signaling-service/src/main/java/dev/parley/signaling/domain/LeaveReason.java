package dev.parley.signaling.domain;

/** Why a participant is no longer there. */
public enum LeaveReason implements WireName {
    /** It said so. */
    LEFT,
    /** Grace time over, displaced, or the transport that was its life failed. */
    LOST,
    KICKED,
    /** The room ended around it. */
    ENDED;

    /** MRTC-CB-46: 1 normal, 2 abnormal. */
    public int exitType() {
        return this == LOST ? 2 : 1;
    }
}
