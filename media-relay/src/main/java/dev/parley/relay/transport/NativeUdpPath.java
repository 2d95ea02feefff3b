package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** A client's UDP address, reached through the send queue of the transport's loop. */
final class NativeUdpPath extends UdpPath {
    private final SendQueue queue;
    private final MemorySegment sockaddr = Arena.ofAuto().allocate(AddressKey.SOCKADDR_BYTES, 8);
    private final int sockaddrBytes;

    /** Of the {@link SendQueue}: the run and the chunk that it fills for this receiver, as of its epoch. */
    long epoch;

    int run;
    int position;
    int chunkFree;

    NativeUdpPath(SendQueue queue, int family, AddressKey key, InetSocketAddress remote, ClientTransport owner) {
        super(key, remote, owner);
        this.queue = queue;
        sockaddrBytes = key.write(sockaddr, 0, family);
    }

    long sockaddr() {
        return sockaddr.address();
    }

    int sockaddrBytes() {
        return sockaddrBytes;
    }

    @Override
    ByteBuf allocate(int bytes) {
        return queue.next(this, bytes);
    }

    @Override
    void write(ByteBuf packet) {
        queue.added(this);
    }

    @Override
    void discard(ByteBuf packet) {
        // The queue's memory: what was not added is written over.
    }

    @Override
    boolean isWritable() {
        return queue.hasRoom();
    }

    @Override
    void close() {
        // The socket is the loop's.
    }
}
