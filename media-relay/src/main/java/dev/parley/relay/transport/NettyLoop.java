package dev.parley.relay.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A loop on one of Netty's, with a Netty channel for UDP. */
final class NettyLoop extends Loop {
    private final EventLoop eventLoop;
    private Channel udp;
    private boolean udpDirty;

    NettyLoop(EventLoop eventLoop, TransportTable table) {
        super(table);
        this.eventLoop = eventLoop;
    }

    void start(Channel socket) {
        udp = socket;
        eventLoop.scheduleAtFixedRate(() -> run(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    Channel udp() {
        return udp;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(() -> run(task));
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public Timer schedule(Runnable task, long delayMs) {
        ScheduledFuture<?> future = eventLoop.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    @Override
    UdpPath udpPath(AddressKey key, InetSocketAddress remote, ClientTransport owner) {
        return new NettyUdpPath(this, key, remote, owner);
    }

    void udpDirty() {
        udpDirty = true;
    }

    /** The queue was full: sends what is in it and looks again. */
    boolean udpWritableAfterFlush() {
        udpDirty = false;
        udp.flush();
        return udp.isWritable();
    }

    @Override
    void flushUdp() {
        if (udpDirty) {
            udpDirty = false;
            udp.flush();
        }
    }
}
