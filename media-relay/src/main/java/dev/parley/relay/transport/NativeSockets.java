package dev.parley.relay.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** UDP by system calls, each socket on a thread of ours; TCP on one thread of Netty's, which hands frames over. */
final class NativeSockets implements MediaSockets {
    private final TransportSettings settings;
    private final TransportTable table;
    private final DefaultThreadFactory threads = new DefaultThreadFactory("media-loop");
    private final List<NativeLoop> loops = new ArrayList<>();
    private final EventLoopGroup tcp;

    NativeSockets(TransportSettings settings, boolean epoll, TransportTable table) {
        this.settings = settings;
        this.table = table;
        var tcpThreads = new DefaultThreadFactory("media-tcp");
        tcp = epoll ? new EpollEventLoopGroup(1, tcpThreads) : new NioEventLoopGroup(1, tcpThreads);
    }

    @Override
    public int bind(int wanted) throws IOException {
        int port = wanted;
        for (int i = 0; i < settings.loops(); i++) {
            var socket = NativeSocket.bind(
                    settings.bind(), port, settings.loops() > 1, NettyMediaTransports.SOCKET_BUFFER_BYTES);
            loops.add(new NativeLoop(socket, table, threads));
            port = socket.port();
        }
        return port;
    }

    @Override
    public void unbind() {
        loops.forEach(NativeLoop::stop);
        loops.clear();
    }

    @Override
    public void start() {
        loops.forEach(NativeLoop::start);
    }

    @Override
    public List<NativeLoop> loops() {
        return loops;
    }

    @Override
    public EventLoopGroup tcpGroup() {
        return tcp;
    }

    @Override
    public Loop loopOf(EventLoop eventLoop) {
        return loops.getFirst();
    }

    @Override
    public void stop() {
        loops.forEach(NativeLoop::stop);
        tcp.shutdownGracefully(100, 3_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
