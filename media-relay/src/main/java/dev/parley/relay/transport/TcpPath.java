package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A client's TCP connection (RFC 6544), framed as in RFC 4571: two bytes of length before each packet. */
final class TcpPath extends Path {
    /** What was written before may still go out that long. */
    private static final long LINGER_MS = 1_000;

    private static final int LENGTH_BYTES = 2;

    private final Channel channel;
    private boolean dirty;

    TcpPath(Channel channel) {
        super((InetSocketAddress) channel.remoteAddress());
        this.channel = channel;
    }

    @Override
    String protocol() {
        return "tcp";
    }

    @Override
    ByteBuf allocate(int bytes) {
        return channel.alloc().directBuffer(LENGTH_BYTES + bytes).writeShort(0);
    }

    @Override
    void write(ByteBuf packet) {
        packet.setShort(packet.readerIndex(), packet.readableBytes() - LENGTH_BYTES);
        channel.write(packet, channel.voidPromise());
        ClientTransport to = owner;
        if (!dirty && to != null) {
            dirty = true;
            to.loop().tcpDirty(this);
        }
    }

    void flush() {
        dirty = false;
        channel.flush();
    }

    @Override
    boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    void close() {
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
    }
}
