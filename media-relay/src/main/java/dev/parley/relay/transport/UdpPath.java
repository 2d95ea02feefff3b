package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** A client's UDP address, reached through the socket of the transport's loop. */
final class UdpPath extends Path {
    private final NettyLoop loop;

    UdpPath(NettyLoop loop, InetSocketAddress remote, NettyMediaTransport owner) {
        super(remote);
        this.loop = loop;
        this.owner = owner;
    }

    @Override
    String protocol() {
        return "udp";
    }

    @Override
    ByteBuf allocate(int bytes) {
        return loop.udp().alloc().directBuffer(bytes);
    }

    @Override
    void write(ByteBuf packet) {
        loop.counters.datagramsOut++;
        loop.udp().write(new DatagramPacket(packet, remote), loop.udp().voidPromise());
        loop.udpDirty();
    }

    @Override
    boolean isWritable() {
        return loop.udp().isWritable() || loop.udpWritableAfterFlush();
    }

    @Override
    void close() {
        // The socket is the loop's.
    }
}
