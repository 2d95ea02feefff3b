package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** One way to a client that a check has come on: a UDP address, or a TCP connection. On the loop of its transport. */
abstract class Path {
    final InetSocketAddress remote;
    /** Null only for a TCP connection that has not yet said whose it is. Read by other loops to hand packets over. */
    volatile ClientTransport owner;
    /** Clock of the last valid check. */
    long lastCheckNs;

    Path(InetSocketAddress remote) {
        this.remote = remote;
    }

    abstract String protocol();

    /** A direct buffer for one packet of at most so many bytes, positioned where the packet begins. One at a time. */
    abstract ByteBuf allocate(int bytes);

    /** Queues a buffer that {@link #allocate} gave and takes it over. */
    abstract void write(ByteBuf packet);

    /** Gives back a buffer of {@link #allocate} that will not be written. */
    void discard(ByteBuf packet) {
        packet.release();
    }

    /** False when the queue is full; asked before {@link #allocate}. */
    abstract boolean isWritable();

    /** Releases what the path itself holds, after what was written has gone out. */
    abstract void close();
}
