package dev.parley.relay.rooms;

import dev.parley.contracts.media.Direction;
import dev.parley.relay.domain.Downlink;
import dev.parley.relay.domain.Outlet;
import dev.parley.relay.domain.Uplink;
import dev.parley.relay.transport.MediaListener;
import dev.parley.relay.transport.MediaTransport;
import dev.parley.relay.transport.RemoteTransport;
import dev.parley.relay.transport.TransportState;
import io.netty.buffer.ByteBuf;

/** One participant's transport in a room: packets up, packets down, states to the room. On the room's loop. */
final class Link implements MediaListener, Outlet {
    private final RunningRoom owner;
    final String transportId;
    final String participantId;
    final Direction direction;
    MediaTransport transport;
    RemoteTransport remote;
    Uplink uplink;
    Downlink downlink;
    long sdpVersion;
    private boolean dirty;
    private boolean retired;

    Link(RunningRoom owner, String transportId, String participantId, Direction direction) {
        this.owner = owner;
        this.transportId = transportId;
        this.participantId = participantId;
        this.direction = direction;
    }

    // ---- from the network

    @Override
    public void onRtp(MediaTransport t, ByteBuf packet, long nowNs) {
        if (uplink != null && !retired) uplink.onRtp(packet, nowNs);
    }

    @Override
    public void onRtcp(MediaTransport t, ByteBuf compound, long nowNs) {
        if (retired) return;
        if (uplink != null) uplink.onRtcp(compound, nowNs);
        if (downlink != null) downlink.onRtcp(compound, nowNs);
    }

    @Override
    public void onState(MediaTransport t, TransportState s) {
        if (!retired) owner.onState(this, s);
    }

    @Override
    public void onBatchEnd() {
        if (!retired) owner.onBatchEnd();
    }

    // ---- to the network

    @Override
    public void sendRtp(ByteBuf packet) {
        transport.sendRtp(packet);
        touch();
    }

    @Override
    public void sendRtcp(ByteBuf compound) {
        transport.sendRtcp(compound);
        touch();
    }

    @Override
    public void flush() {
        dirty = false;
        transport.flush();
    }

    private void touch() {
        if (dirty) return;
        dirty = true;
        owner.dirty(this);
    }

    /** The server flushes by itself. */
    void flushedByServer() {
        dirty = false;
    }

    /** Nothing that this transport still says matters: it was closed by the relay. */
    void retire() {
        retired = true;
        if (transport != null) transport.close();
    }
}
