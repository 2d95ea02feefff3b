package dev.parley.relay.transport;

/**
 * Of one transport: ICE and DTLS together. CONNECTING to CONNECTED: DTLS done over a checked path. CONNECTED to DISCONNECTED: no valid check and no authentic media for 7 s;
 * back when it comes again. DISCONNECTED to FAILED: for 15 s more. CONNECTING to FAILED: not connected in 30 s, handshake failed, or the
 * certificate is not the one of the SDP. Any to CLOSED: closed here, or by close_notify from there. FAILED and CLOSED are final.
 */
public enum TransportState {
    CONNECTING,
    CONNECTED,
    DISCONNECTED,
    FAILED,
    CLOSED;

    /** FAILED and CLOSED: the transport holds nothing any more and never comes back. */
    public boolean isFinal() {
        return this == FAILED || this == CLOSED;
    }
}
