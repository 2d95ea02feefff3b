package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.concurrent.TimeUnit;

/** What Netty calls: they only pass on to the loop. */
final class SocketHandlers {
    /** Longest frame over TCP; longer ones close the connection. */
    static final int TCP_FRAME_BYTES_MAX = 2048;
    /** A connection must have brought a valid check by then. */
    private static final long TCP_FIRST_CHECK_MS = 10_000;

    private SocketHandlers() {}

    /** Datagrams of one socket. */
    static final class Udp extends ChannelInboundHandlerAdapter {
        private final NettyLoop loop;
        private final AddressKey sender = new AddressKey();

        Udp(NettyLoop loop) {
            this.loop = loop;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var packet = (DatagramPacket) message;
            try {
                loop.received(packet.content(), sender.set(packet.sender()), null);
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            loop.endBatch();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            loop.counters.sendErrors++; // an address that cannot be reached, mostly; the socket stays open
        }
    }

    /** RFC 4571: 16 bits of length before each packet. */
    static LengthFieldBasedFrameDecoder framing() {
        return new LengthFieldBasedFrameDecoder(TCP_FRAME_BYTES_MAX + 2, 0, 2, 0, 2);
    }

    /** One ICE-TCP connection. */
    static final class Tcp extends ChannelInboundHandlerAdapter {
        private final Loop loop;
        private final NettyMediaTransports server;
        private TcpPath path;
        private AddressKey sender;

        Tcp(Loop loop, NettyMediaTransports server) {
            this.loop = loop;
            this.server = server;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            path = new TcpPath(ctx.channel());
            sender = AddressKey.of(path.remote);
            ctx.channel()
                    .eventLoop()
                    .schedule(
                            () -> {
                                if (path.owner == null && ctx.channel().isOpen()) {
                                    server.tcpRefused();
                                    ctx.close();
                                }
                            },
                            TCP_FIRST_CHECK_MS,
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            var frame = (ByteBuf) message;
            try {
                ClientTransport owner = path.owner;
                Loop to = owner == null ? loop : owner.loop();
                if (to.inLoop()) {
                    to.received(frame, sender, path);
                } else {
                    to.handOver(frame, sender, path);
                }
            } finally {
                frame.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (loop.inLoop()) {
                loop.endBatch();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            server.tcpClosed();
            ClientTransport owner = path == null ? null : path.owner;
            if (owner != null) {
                owner.loop().execute(() -> owner.dropPath(path));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            server.tcpBad(); // reset, or a frame that is too long
            ctx.close();
        }
    }
}
