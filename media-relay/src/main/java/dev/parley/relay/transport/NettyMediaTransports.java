package dev.parley.relay.transport;

import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.relay.transport.srtp.CipherProvider;
import dev.parley.rtp.sdp.Candidate;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The media server on Netty: epoll with recvmmsg and sendmmsg where it is there, else NIO. Each loop has a socket of its own on the one port
 * (SO_REUSEPORT); a packet that the kernel brings to another loop than its room's is handed over.
 */
public final class NettyMediaTransports implements MediaTransports {
    /** Datagrams per recvmmsg. */
    private static final int RECEIVE_BATCH = 64;

    private static final int DATAGRAM_BYTES_MAX = 1500;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final WriteBufferWaterMark UDP_QUEUE = new WriteBufferWaterMark(1 << 20, 4 << 20);
    private static final WriteBufferWaterMark TCP_QUEUE = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int BIND_ATTEMPTS = 20;

    private final TransportSettings settings;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final TransportTable table = new TransportTable();
    private final List<NettyLoop> loops = new ArrayList<>();
    private final List<Channel> sockets = new ArrayList<>();
    private final AtomicInteger transports = new AtomicInteger();
    private final AtomicInteger tcpConnections = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final boolean epoll;
    private final CipherProvider ciphers;
    private EventLoopGroup group;
    private int port;
    private List<Candidate> candidates = List.of();

    private NettyMediaTransports(TransportSettings settings) {
        this.settings = settings;
        this.epoll = settings.io() != MediaIo.NIO && Epoll.isAvailable();
        this.ciphers = settings.io().ciphers();
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException when the port cannot be had
     */
    public static MediaTransports start(TransportSettings settings) throws IOException {
        var server = new NettyMediaTransports(settings);
        try {
            server.open();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void open() throws IOException {
        var threads = new DefaultThreadFactory("media-loop");
        group = epoll
                ? new EpollEventLoopGroup(settings.loops(), threads)
                : new NioEventLoopGroup(settings.loops(), threads);
        for (int i = 0; i < settings.loops(); i++) {
            loops.add(new NettyLoop(group.next(), table));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                bind();
                break;
            } catch (IOException e) { // with port 0 the free UDP port may not be free for TCP
                sockets.forEach(s -> s.close().awaitUninterruptibly());
                sockets.clear();
                if (settings.port() != 0 || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
        candidates = HostCandidates.of(settings.announce(), port);
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).start(sockets.get(i));
        }
    }

    private void bind() throws IOException {
        port = settings.port();
        for (NettyLoop loop : loops) {
            Channel socket = bound(udp(loop).group(loop.eventLoop()).bind(settings.bind(), port));
            port = ((InetSocketAddress) socket.localAddress()).getPort();
        }
        bound(tcp().bind(settings.bind(), port));
    }

    private Channel bound(ChannelFuture binding) throws IOException {
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException("cannot bind media port " + settings.bind() + ":" + port, binding.cause());
        }
        sockets.add(binding.channel());
        return binding.channel();
    }

    private Bootstrap udp(NettyLoop loop) {
        var bootstrap = new Bootstrap()
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
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

    private ServerBootstrap tcp() {
        return new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_QUEUE)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        NettyLoop loop = loopOf(channel.eventLoop());
                        if (tcpConnections.incrementAndGet() > settings.tcpMax()) {
                            tcpConnections.decrementAndGet();
                            loop.counters.tcpRefused++;
                            channel.close();
                            return;
                        }
                        channel.pipeline()
                                .addLast(
                                        SocketHandlers.framing(),
                                        new SocketHandlers.Tcp(loop, NettyMediaTransports.this));
                    }
                });
    }

    private NettyLoop loopOf(EventLoop eventLoop) {
        for (NettyLoop loop : loops) {
            if (loop.eventLoop() == eventLoop) {
                return loop;
            }
        }
        throw new IllegalStateException("not one of our loops");
    }

    @Override
    public MediaLoop loopFor(String roomId) {
        return loops.get(Math.floorMod(roomId.hashCode() * 0x9E3779B9 >>> 8, loops.size()));
    }

    @Override
    public MediaTransport create(MediaLoop loop, String id, RemoteTransport remote, MediaListener listener) {
        if (closed.get()) {
            throw new IllegalStateException("the media server is closed");
        }
        if (transports.incrementAndGet() > settings.transportsMax()) {
            transports.decrementAndGet();
            throw new IllegalStateException("the media server holds " + settings.transportsMax() + " transports");
        }
        var owner = (NettyLoop) loop;
        var transport = new NettyMediaTransport(id, this, owner, remote, listener);
        owner.execute(() -> owner.add(transport));
        return transport;
    }

    void removed() {
        transports.decrementAndGet();
    }

    void tcpClosed() {
        tcpConnections.decrementAndGet();
    }

    DtlsIdentity identity() {
        return identity;
    }

    /** Whose ciphers encrypt media here. */
    CipherProvider ciphers() {
        return ciphers;
    }

    TransportSettings settings() {
        return settings;
    }

    List<Candidate> candidates() {
        return candidates;
    }

    TransportTable table() {
        return table;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int transports() {
        return transports.get();
    }

    @Override
    public ServerCounters counters() {
        var sum = new ServerCounters();
        loops.forEach(loop -> sum.add(loop.counters));
        return sum;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true) || group == null) {
            return;
        }
        for (NettyLoop loop : loops) {
            if (loop.udp() != null) {
                loop.execute(loop::closeAll);
            }
        }
        // The quiet period lets close_notify of the handshake threads go out.
        group.shutdownGracefully(100, 3_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
