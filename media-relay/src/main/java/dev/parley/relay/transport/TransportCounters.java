package dev.parley.relay.transport;

/**
 * What one transport did, all since its start. Written by its loop only and without synchronisation; other threads may read values that are
 * a moment old, which is enough for metrics.
 */
public final class TransportCounters {
    public long rtpIn;
    public long rtcpIn;
    public long bytesIn;
    public long rtpOut;
    public long rtcpOut;
    public long bytesOut;
    /** Failed authentication, or too short to be SRTP. */
    public long badAuth;
    /** Seen before, or too old for the replay window. */
    public long replayed;
    /** SSRCs beyond what one transport may bring. */
    public long ssrcOverLimit;
    /** Media that came before the keys were there. */
    public long earlyIn;
    /** Not sent: not connected, no path, or longer than a datagram may be. */
    public long droppedOut;
    /** Not sent: the socket's queue is full. */
    public long congestedOut;

    public long stunIn;
    /** Checks that failed their integrity, or came from another transport's address. */
    public long stunBad;
    /** Genuine checks under a client's name that no offer has told yet, as after a restart. */
    public long stunEarly;
    /** Times the client's address changed while connected. */
    public long pathChanges;
    /** Handshake records given up because the queue was full. */
    public long dtlsDropped;
}
