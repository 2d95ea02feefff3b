package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** A client's UDP address, reached through the Netty channel of the transport's loop. */
final class NettyUdpPath extends UdpPath {
    private final NettyLoop loop;

    NettyUdpPath(NettyLoop loop, AddressKey key, InetSocketAddress remote, ClientTransport owner) {
        super(key, remote, owner);
        this.loop = loop;
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
