package dev.parley.relay.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * Many UDP sockets that only count what comes: receivers that cost little. They look at the clear part of RTP, so loss is seen; nothing is
 * decrypted. One thread reads all.
 */
public final class PacketSinks implements AutoCloseable {
    /** Hears each RTP packet on the sinks' thread. */
    public interface Listener {
        /** @param sequence unsigned 16 bits */
        void onRtp(int sink, int sequence);
    }

    private final NativeSocket[] sockets;
    private final long[] received;
    private final MemorySegment to = Arena.ofShared().allocate(AddressKey.SOCKADDR_BYTES, 8);
    private final MessageArray out = new MessageArray(1);
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    public PacketSinks(int count, InetSocketAddress relay, Listener listener) throws IOException {
        this.listener = listener;
        sockets = new NativeSocket[count];
        received = new long[count];
        for (int i = 0; i < count; i++) {
            sockets[i] = NativeSocket.bind(relay.getAddress().getHostAddress(), 0, false, 4 << 20);
        }
        AddressKey key = AddressKey.of(relay);
        out.name(0, to.address(), key.write(to, 0, sockets[0].family));
        out.segment(0, 0);
        thread = Thread.ofPlatform().name("packet-sinks").start(this::read);
    }

    /** Sends one packet from this sink's address to the relay. One thread at a time. @param packet direct */
    public void send(int sink, ByteBuf packet) {
        out.data(0, packet.memoryAddress() + packet.readerIndex(), packet.readableBytes());
        Libc.send(Libc.errno(), sockets[sink].fd, out.address(), 1);
    }

    /** RTP packets of all sinks; a moment old. */
    public long received() {
        long sum = 0;
        for (long one : received) {
            sum += one;
        }
        return sum;
    }

    /** A moment old. */
    public long received(int sink) {
        return received[sink];
    }

    private void read() {
        int epoll = Libc.epoll();
        MemorySegment errno = Libc.errno();
        MemorySegment events = Arena.ofAuto().allocate(64L * Libc.EPOLL_EVENT_BYTES, 8);
        for (int i = 0; i < sockets.length; i++) {
            events.set(JAVA_INT_UNALIGNED, 0, Libc.EPOLLIN);
            events.set(JAVA_INT_UNALIGNED, Libc.EPOLL_DATA_AT, i);
            Libc.epollControl(epoll, Libc.EPOLL_CTL_ADD, sockets[i].fd, events.address());
        }
        var batch = new ReceiveBatch();
        while (!closed) {
            int ready = Libc.epollWait(errno, epoll, events.address(), 64, 100);
            for (int i = 0; i < ready; i++) {
                int sink = events.get(JAVA_INT_UNALIGNED, (long) i * Libc.EPOLL_EVENT_BYTES + Libc.EPOLL_DATA_AT);
                int count = batch.receive(errno, sockets[sink].fd);
                for (int p = 0; p < count; p++) {
                    ByteBuf packet = batch.packet(p);
                    int type = packet.getUnsignedByte(1);
                    if (packet.getUnsignedByte(0) >>> 6 == 2 && (type < 192 || type > 223)) { // RFC 5761
                        received[sink]++;
                        listener.onRtp(sink, packet.getUnsignedShort(2));
                    }
                }
            }
        }
        Libc.close(epoll);
        for (NativeSocket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
