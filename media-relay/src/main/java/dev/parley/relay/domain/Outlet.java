package dev.parley.relay.domain;

import io.netty.buffer.ByteBuf;

/** Where packets leave: a participant's transport, or the way back to an ingress. Called on the room's loop; buffers are only lent. */
public interface Outlet {
    void sendRtp(ByteBuf packet);

    void sendRtcp(ByteBuf compound);

    /** Called once after a batch in which something was sent. */
    void flush();
}
