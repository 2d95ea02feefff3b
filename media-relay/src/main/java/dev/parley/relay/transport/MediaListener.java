package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;

/**
 * Gets what a transport brings, on its loop. Buffers are valid during the call only and may be changed in place: what is to be kept is copied.
 * One listener may serve many transports.
 */
public interface MediaListener {
    /** One decrypted RTP packet: authenticated, no replay, not looked at beyond its header. @param nowNs clock of the batch */
    void onRtp(MediaTransport t, ByteBuf packet, long nowNs);

    /** One decrypted RTCP compound. @param nowNs clock of the batch */
    void onRtcp(MediaTransport t, ByteBuf compound, long nowNs);

    /** The transport is now in this state. Each change once, in order. */
    void onState(MediaTransport t, TransportState s);

    /** The loop has read all that was there and will now flush: the time to send what was collected. Once per listener and batch. */
    void onBatchEnd();
}
