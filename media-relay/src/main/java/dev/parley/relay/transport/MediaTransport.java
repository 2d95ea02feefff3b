package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;

/** One connected client: an ICE-lite agent, a DTLS association, SRTP. On its loop only, except what says otherwise. */
public interface MediaTransport {
    /** As given to {@link MediaTransports#create}. Any thread. */
    String id();

    /** What the answer must say. Changes with {@link #restartIce}. Any thread. */
    LocalTransport local();

    /**
     * New credentials on both sides (RFC 8445 section 9); DTLS and SRTP go on, media flows over the old path until the new one is checked.
     * The remote's fingerprints must be those from before: a new certificate needs a new transport. Any thread; takes effect on the loop.
     */
    void restartIce(RemoteTransport remote);

    /** Any thread (a moment old off the loop). */
    TransportState state();

    /**
     * Encrypts into an outgoing pooled buffer and queues that; {@link #flush} sends. Neither keeps nor changes the given buffer.
     * Dropped and counted while not CONNECTED or DISCONNECTED.
     *
     * @param plain one RTP packet: the readable bytes
     */
    void sendRtp(ByteBuf plain);

    /** Like {@link #sendRtp} for one RTCP compound. */
    void sendRtcp(ByteBuf plain);

    /** Hands what was queued to the socket. The server does it itself at the end of each batch of received packets. */
    void flush();

    /** Sends close_notify, gives everything back. The listener hears CLOSED. Safe to repeat. Any thread; takes effect on the loop. */
    void close();

    /** Counters since the start, written by the loop only. Any thread may read (a moment old). */
    TransportCounters counters();

    /** The SRTP profile agreed on, e.g. "SRTP_AEAD_AES_128_GCM"; "" before the handshake is done. Any thread. */
    String srtpProfile();

    /** "udp", "tcp", or "" while no path is selected. Any thread. */
    String protocol();
}
