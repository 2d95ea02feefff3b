package dev.parley.relay.transport;

import dev.parley.relay.transport.dtls.DtlsIdentity;
import dev.parley.relay.transport.srtp.CipherProvider;
import dev.parley.rtp.sdp.Candidate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The media server: UDP as {@link MediaIo} says, TCP by Netty. Each loop has a socket of its own on the one port (SO_REUSEPORT); a packet that
 * the kernel brings to another loop than its room's is handed over.
 */
public final class NettyMediaTransports implements MediaTransports {
    static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final WriteBufferWaterMark TCP_QUEUE = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int BIND_ATTEMPTS = 20;

    private final TransportSettings settings;
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final TransportTable table = new TransportTable();
    private final AtomicInteger transports = new AtomicInteger();
    private final AtomicInteger tcpConnections = new AtomicInteger();
    private final AtomicLong tcpRefused = new AtomicLong();
    private final AtomicLong tcpBad = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final boolean epoll;
    private final MediaIo io;
    private final MediaSockets sockets;
    private int port;
    private List<Candidate> candidates = List.of();

    private NettyMediaTransports(TransportSettings settings) {
        this.settings = settings;
        this.io = settings.io().resolve();
        this.epoll = io != MediaIo.NIO && Epoll.isAvailable();
        this.sockets = io == MediaIo.NATIVE
                ? new NativeSockets(settings, epoll, table)
                : new NettySockets(settings, epoll, table);
    }

    /**
     * Opens the sockets.
     *
     * @throws IOException when the port cannot be had
     */
    public static NettyMediaTransports start(TransportSettings settings) throws IOException {
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
        for (int attempt = 1; ; attempt++) {
            try {
                port = sockets.bind(settings.port());
                bindTcp();
                break;
            } catch (IOException e) { // with port 0 the free UDP port may not be free for TCP
                sockets.unbind();
                if (settings.port() != 0 || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
            }
        }
        candidates = HostCandidates.of(settings.announce(), port);
        sockets.start();
    }

    private void bindTcp() throws IOException {
        ChannelFuture binding = tcp().bind(settings.bind(), port).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException("cannot bind media port " + settings.bind() + ":" + port, binding.cause());
        }
    }

    private ServerBootstrap tcp() {
        return new ServerBootstrap()
                .group(sockets.tcpGroup())
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_QUEUE)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Loop loop = sockets.loopOf(channel.eventLoop());
                        if (tcpConnections.incrementAndGet() > settings.tcpMax()) {
                            tcpConnections.decrementAndGet();
                            tcpRefused();
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

    @Override
    public MediaLoop loopFor(String roomId) {
        var loops = sockets.loops();
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
        var owner = (Loop) loop;
        var transport = new ClientTransport(id, this, owner, remote, listener);
        owner.execute(() -> owner.add(transport));
        return transport;
    }

    void removed() {
        transports.decrementAndGet();
    }

    /** The counters of TCP are the server's: its threads need not be a loop's. */
    void tcpRefused() {
        tcpRefused.incrementAndGet();
    }

    void tcpBad() {
        tcpBad.incrementAndGet();
    }

    void tcpClosed() {
        tcpConnections.decrementAndGet();
    }

    DtlsIdentity identity() {
        return identity;
    }

    /** What {@link TransportSettings#io} came to. */
    public MediaIo io() {
        return io;
    }

    /** Whose ciphers encrypt media here. */
    CipherProvider ciphers() {
        return io.ciphers();
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
        sockets.loops().forEach(loop -> sum.add(loop.counters));
        sum.tcpRefused = tcpRefused.get();
        sum.tcpBad = tcpBad.get();
        return sum;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Loop loop : sockets.loops()) {
            loop.execute(loop::closeAll);
        }
        sockets.stop();
    }
}
