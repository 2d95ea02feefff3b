package dev.parley.relay.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.List;

/** The UDP sockets of a media server with their loops, one each; the two ways to have them are {@link NativeSockets} and {@link NettySockets}. */
interface MediaSockets {
    /**
     * Binds all sockets to one port; nothing is received before {@link #start}.
     *
     * @param port 0 = any free one
     * @return the port
     * @throws IOException when it cannot be had; {@link #unbind} then gives back what was bound
     */
    int bind(int port) throws IOException;

    /** Undoes {@link #bind}, so that another port can be tried. */
    void unbind();

    void start();

    /** After {@link #bind}. */
    List<? extends Loop> loops();

    /** Netty's threads that accept and read TCP. */
    EventLoopGroup tcpGroup();

    /** The loop that hears what a TCP connection on this thread brings. */
    Loop loopOf(EventLoop eventLoop);

    /** Ends all threads and closes all sockets; waits until they are gone, at most some seconds. */
    void stop();
}
