package dev.parley.relay.transport.client;

import dev.parley.relay.transport.TransportState;
import io.netty.buffer.ByteBuf;

/** What comes to a client, on its event loop. Buffers are valid during the call only. */
public interface ClientListener {
    /** A decrypted packet. */
    default void onRtp(ByteBuf packet) {}

    /** A decrypted compound. */
    default void onRtcp(ByteBuf compound) {}

    /** Each change once, in order. DISCONNECTED is not used. @param reason why it FAILED, else "" */
    default void onState(TransportState state, String reason) {}
}
