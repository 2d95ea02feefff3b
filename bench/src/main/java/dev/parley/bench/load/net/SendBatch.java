package dev.parley.bench.load.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Collects datagrams for one connected socket and sends them in one call (sendmmsg(2)). Reused; one thread. */
public final class SendBatch {
    public static final int MESSAGES = 64;
    public static final int DATAGRAM_BYTES_MAX = 2048;

    private final Messages messages;
    private final ByteBuffer[] slots = new ByteBuffer[MESSAGES];
    private final MemorySegment errno;
    private int count;

    public SendBatch(Arena arena) {
        messages = new Messages(arena, MESSAGES, DATAGRAM_BYTES_MAX, 0);
        errno = Libc.errnoRoom(arena);
        for (int i = 0; i < MESSAGES; i++) {
            slots[i] = messages.data
                    .asSlice((long) i * DATAGRAM_BYTES_MAX, DATAGRAM_BYTES_MAX)
                    .asByteBuffer();
        }
    }

    /** The next datagram's room; {@link #add} ends it. */
    public ByteBuffer next() {
        return slots[count].clear();
    }

    /** The room that {@link #next} gave holds a datagram of so many bytes. */
    public void add(int bytes) {
        messages.length(count++, bytes);
    }

    public boolean isFull() {
        return count == MESSAGES;
    }

    /**
     * Sends all and empties the batch.
     *
     * @return how many the kernel took; fewer than there were means that its send buffer was full
     * @throws IOException for any other reason
     */
    public int flush(UdpSocket socket) throws IOException {
        int sent = 0;
        int wanted = count;
        count = 0;
        while (sent < wanted) {
            int now;
            try {
                now = (int) Libc.SENDMMSG.invokeExact(
                        errno,
                        socket.fd(),
                        messages.headers.asSlice((long) sent * Messages.HEADER_BYTES),
                        wanted - sent,
                        Libc.MSG_DONTWAIT);
            } catch (Throwable e) {
                throw Libc.broken(e);
            }
            if (now < 0) {
                int error = Libc.errno(errno);
                if (error == Libc.EAGAIN) return sent;
                if (error != Libc.ECONNREFUSED) throw new IOException("sendmmsg failed with errno " + error);
                now = 1; // the socket told of an earlier datagram that nobody took; this one was not sent: count it
                // as gone
            }
            sent += now;
        }
        return sent;
    }
}
