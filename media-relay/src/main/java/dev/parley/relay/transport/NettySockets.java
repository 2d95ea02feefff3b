package dev.parley.relay.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** UDP by Netty: epoll with recvmmsg and sendmmsg where it is there, else NIO. TCP runs on the same threads. */
final class NettySockets implements MediaSockets {
    /** Datagrams per recvmmsg. */
    private static final int RECEIVE_BATCH = 64;

    private static final int DATAGRAM_BYTES_MAX = 1500;
    private static final WriteBufferWaterMark UDP_QUEUE = new WriteBufferWaterMark(1 << 20, 4 << 20);

    private final TransportSettings settings;
    private final boolean epoll;
    private final EventLoopGroup group;
    private final List<NettyLoop> loops = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();

    NettySockets(TransportSettings settings, boolean epoll, TransportTable table) {
        this.settings = settings;
        this.epoll = epoll;
        var threads = new DefaultThreadFactory("media-loop");
        group = epoll
                ? new EpollEventLoopGroup(settings.loops(), threads)
                : new NioEventLoopGroup(settings.loops(), threads);
        for (int i = 0; i < settings.loops(); i++) {
            loops.add(new NettyLoop(group.next(), table));
        }
    }

    @Override
    public int bind(int wanted) throws IOException {
        int port = wanted;
        for (NettyLoop loop : loops) {
            ChannelFuture binding = udp(loop).group(loop.eventLoop()).bind(settings.bind(), port);
            binding.awaitUninterruptibly();
            if (!binding.isSuccess()) {
                throw new IOException("cannot bind media port " + settings.bind() + ":" + port, binding.cause());
            }
            channels.add(binding.channel());
            port = ((InetSocketAddress) binding.channel().localAddress()).getPort();
        }
        return port;
    }

    private Bootstrap udp(NettyLoop loop) {
        var bootstrap = new Bootstrap()
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, NettyMediaTransports.SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, NettyMediaTransports.SOCKET_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UDP_QUEUE)
                .handler(new SocketHandlers.Udp(loop));
        if (epoll) {
            bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES_MAX)
                    .option(
                            ChannelOption.RCVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX * RECEIVE_BATCH))
                    .option(EpollChannelOption.SO_REUSEPORT, settings.loops() > 1);
        } else {
            bootstrap.option(
                    ChannelOption.RCVBUF_ALLOCATOR,
                    new FixedRecvByteBufAllocator(2048).maxMessagesPerRead(RECEIVE_BATCH));
        }
        return bootstrap;
    }

    @Override
    public void unbind() {
        channels.forEach(c -> c.close().awaitUninterruptibly());
        channels.clear();
    }

    @Override
    public void start() {
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(channels.get(i));
        }
    }

    @Override
    public List<NettyLoop> loops() {
        return loops;
    }

    @Override
    public EventLoopGroup tcpGroup() {
        return group;
    }

    @Override
    public Loop loopOf(EventLoop eventLoop) {
        for (NettyLoop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalStateException("not one of our loops");
    }

    @Override
    public void stop() {
        // The quiet period lets close_notify of the handshake threads go out.
        group.shutdownGracefully(100, 3_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
