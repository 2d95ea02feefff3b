package dev.parley.relay.transport.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connected UDP socket, or a TCP connection with RFC 4571 framing, to one address. On its event loop. */
final class ClientSocket {
    /** What may wait for the connection. */
    private static final int PENDING_MAX = 64;
    /** close_notify still goes out. */
    private static final long LINGER_MS = 300;

    private final EventLoop loop;
    private final ArrayDeque<ByteBuf> pending = new ArrayDeque<>();
    private Channel channel;
    private boolean ready;

    private ClientSocket(EventLoop loop) {
        this.loop = loop;
    }

    static ClientSocket open(
            EventLoop loop,
            boolean tcp,
            InetSocketAddress remote,
            Consumer<ByteBuf> onPacket,
            Consumer<String> onFail) {
        var socket = new ClientSocket(loop);
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(tcp ? NioSocketChannel.class : NioDatagramChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tcp) {
                            channel.pipeline()
                                    .addLast(
                                            new LengthFieldBasedFrameDecoder(65_537, 0, 2, 0, 2),
                                            new LengthFieldPrepender(2));
                        }
                        channel.pipeline().addLast(new Incoming(onPacket));
                    }
                });
        ChannelFuture connecting = bootstrap.connect(remote);
        socket.channel = connecting.channel();
        connecting.addListener((ChannelFutureListener) done -> {
            if (done.isSuccess()) {
                socket.connected();
            } else {
                onFail.accept("cannot connect to " + remote + ": " + done.cause());
            }
        });
        if (tcp) {
            socket.channel.closeFuture().addListener(done -> onFail.accept("connection closed"));
        }
        return socket;
    }

    private void connected() {
        ready = true;
        while (!pending.isEmpty()) {
            channel.write(pending.poll());
        }
        channel.flush();
    }

    /** Takes the buffer over. */
    void send(ByteBuf packet) {
        if (ready) {
            channel.writeAndFlush(packet);
        } else if (pending.size() < PENDING_MAX) {
            pending.add(packet);
        } else {
            packet.release();
        }
    }

    void close() {
        channel.close();
    }

    void closeLater() {
        loop.schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
    }

    private static final class Incoming extends SimpleChannelInboundHandler<Object> {
        private final Consumer<ByteBuf> onPacket;

        Incoming(Consumer<ByteBuf> onPacket) {
            this.onPacket = onPacket;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Object message) {
            onPacket.accept(message instanceof DatagramPacket datagram ? datagram.content() : (ByteBuf) message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // An ICMP answer while the relay is away: checks go on.
        }
    }
}
