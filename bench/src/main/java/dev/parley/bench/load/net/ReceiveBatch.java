package dev.parley.bench.load.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Takes up to {@link #MESSAGES} datagrams of one socket in one call (recvmmsg(2)). Reused; one thread. Allocates nothing per call. */
public final class ReceiveBatch {
    public static final int MESSAGES = 32;
    private static final int DATAGRAM_BYTES_MAX = 2048;
    private static final int TRAIN_BYTES_MAX = 65_536;
    /** A time stamp takes 32 bytes, a segment size 24. */
    private static final int CONTROL_BYTES = 64;

    private final Messages messages;
    private final long[] arrivedNs = new long[MESSAGES];
    private final int[] segmentBytes = new int[MESSAGES];

    /** @param gro room for whole trains of datagrams */
    public ReceiveBatch(Arena arena, boolean gro) {
        messages = new Messages(arena, MESSAGES, gro ? TRAIN_BYTES_MAX : DATAGRAM_BYTES_MAX, CONTROL_BYTES);
    }

    /** @return messages now in the batch, 0 when nothing waited */
    public int receive(UdpSocket socket) {
        int count;
        try {
            count = (int) Libc.RECVMMSG.invokeExact(
                    socket.fd(), messages.headers, MESSAGES, Libc.MSG_DONTWAIT, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
        for (int i = 0; i < count; i++) {
            readControl(i);
            messages.resetControl(i);
        }
        return Math.max(0, count); // an error is an ICMP answer or "nothing there": the peer will be missed elsewhere
    }

    /** struct cmsghdr: length(8) level(4) type(4) data, padded to 8. */
    private void readControl(int message) {
        long at = (long) message * CONTROL_BYTES;
        long end = at + Math.min(CONTROL_BYTES, messages.controlLength(message));
        arrivedNs[message] = 0;
        segmentBytes[message] = bytes(message);
        while (end - at >= 20) {
            long length = messages.control.get(JAVA_LONG, at);
            int level = messages.control.get(JAVA_INT, at + 8);
            int type = messages.control.get(JAVA_INT, at + 12);
            if (level == Libc.SOL_SOCKET && type == Libc.SO_TIMESTAMPNS) {
                arrivedNs[message] = messages.control.get(JAVA_LONG, at + 16) * 1_000_000_000L
                        + messages.control.get(JAVA_LONG, at + 24);
            } else if (level == Libc.SOL_UDP && type == Libc.UDP_GRO) {
                segmentBytes[message] = messages.control.get(JAVA_INT, at + 16);
            }
            if (length < 16) return;
            at += length + 7 & ~7L;
        }
    }

    /** All messages' bytes. */
    public MemorySegment data() {
        return messages.data;
    }

    /** Where the message begins in {@link #data}. */
    public int offset(int message) {
        return message * messages.slotBytes;
    }

    /** Bytes of the message: one datagram, or several of {@link #segmentBytes} each but the last, which may be shorter. */
    public int bytes(int message) {
        return messages.transferred(message);
    }

    public int segmentBytes(int message) {
        return segmentBytes[message];
    }

    /** When it came to this machine's network stack: {@link Clock}'s time; 0 when the kernel did not say. */
    public long arrivedNs(int message) {
        return arrivedNs[message];
    }
}
