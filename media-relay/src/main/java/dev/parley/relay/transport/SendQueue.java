package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What one loop is about to send by UDP. Packets are encrypted straight into chunks of off-heap memory, one chunk after another per receiver, so
 * that what one receiver gets in a batch lies together: a run. A run of packets of equal size, of which the last may be shorter, leaves as one
 * message with UDP_SEGMENT (generic segmentation offload: the kernel walks its stack once and cuts at the end); up to {@link #MESSAGES} messages
 * leave by one system call. Bounded: when the kernel takes no more, what fits into the chunks waits, the rest is refused. On the loop only.
 */
final class SendQueue {
    /** The system call. */
    interface Kernel {
        /** sendmmsg: how many were sent from the first on, or the negated errno of the first. */
        int send(long messages, int count);
    }

    /** Messages per system call. */
    static final int MESSAGES = 64;
    /** UDP_MAX_SEGMENTS of all kernels that know UDP_SEGMENT. */
    static final int SEGMENTS_MAX = 64;

    static final int CHUNK_BYTES = 16 << 10;
    /** Not a power of two, or all chunks would begin in the same sets of the processor's caches. */
    private static final int CHUNK_STRIDE = CHUNK_BYTES + 1088;

    static final int CHUNKS = 1024;
    private static final int RUNS = 8192;

    private final ServerCounters counters;
    private final Kernel kernel;
    private final MessageArray messages = new MessageArray(MESSAGES);
    private final int[] messageBytes = new int[MESSAGES];
    private final ByteBuf memory;
    private final long base;

    private final NativeUdpPath[] runPath = new NativeUdpPath[RUNS];
    private final int[] runAt = new int[RUNS];
    private final int[] runBytes = new int[RUNS];
    private final int[] runSegment = new int[RUNS];
    private final int[] runPackets = new int[RUNS];
    private final boolean[] runSingly = new boolean[RUNS];

    /** Runs [head, tail) wait; of the first one, {@code headBytes} are gone already. */
    private int head, tail, headBytes;

    private int chunks;
    /** Changes whenever the queue was emptied: positions that paths remember from before mean nothing. */
    private long epoch = 1;

    private boolean segmentation;
    private boolean blocked;

    SendQueue(Kernel kernel, boolean segmentation, ServerCounters counters) {
        this.kernel = kernel;
        this.segmentation = segmentation;
        this.counters = counters;
        MemorySegment segment = Arena.ofAuto().allocate((long) CHUNKS * CHUNK_STRIDE, 64);
        base = segment.address();
        memory = Unpooled.wrappedBuffer(segment.asByteBuffer());
    }

    /** False when no packet of any receiver is sure to fit, even after a try to send. */
    boolean hasRoom() {
        if (chunks < CHUNKS && tail < RUNS) {
            return true;
        }
        if (!blocked) {
            flush();
        }
        return chunks < CHUNKS && tail < RUNS;
    }

    /** Only after {@link #hasRoom}: where the next packet to this receiver goes. Valid until the next call; {@link #added} makes it count. */
    ByteBuf next(NativeUdpPath path, int bytesMax) {
        if (path.epoch != epoch) {
            path.epoch = epoch;
            path.run = -1;
            path.chunkFree = 0;
        }
        if (path.chunkFree < bytesMax) {
            path.position = chunks++ * CHUNK_STRIDE;
            path.chunkFree = CHUNK_BYTES;
            path.run = -1;
        }
        return memory.setIndex(path.position, path.position);
    }

    /** The packet lies in the buffer of {@link #next}, readable. */
    void added(NativeUdpPath path) {
        int bytes = memory.readableBytes();
        int run = path.run;
        if (run < head || run == head && headBytes > 0 || !joins(run, bytes)) {
            run = tail++;
            path.run = run;
            runPath[run] = path;
            runAt[run] = path.position;
            runBytes[run] = 0;
            runPackets[run] = 0;
            runSegment[run] = bytes;
            runSingly[run] = false;
        }
        runBytes[run] += bytes;
        runPackets[run]++;
        path.position += bytes;
        path.chunkFree -= bytes;
        counters.datagramsOut++;
    }

    /** All before it must be of one size, and it not larger. */
    private boolean joins(int run, int bytes) {
        return bytes <= runSegment[run]
                && runPackets[run] < SEGMENTS_MAX
                && runBytes[run] == runPackets[run] * runSegment[run];
    }

    boolean isEmpty() {
        return head == tail;
    }

    /** The kernel's queue is full: call {@link #flush} when the socket is writable. */
    boolean isBlocked() {
        return blocked;
    }

    /** Sends what waits, as far as the kernel takes it. */
    void flush() {
        blocked = false;
        while (head < tail) {
            int count = fill();
            int sent = kernel.send(messages.address(), count);
            counters.sendCalls++;
            if (sent > 0) {
                done(sent);
            } else if (-sent == Libc.EAGAIN) {
                blocked = true;
                return;
            } else if (-sent != Libc.EINTR) {
                refused(-sent);
            }
        }
        head = 0;
        tail = 0;
        chunks = 0;
        epoch++;
    }

    private int fill() {
        int count = 0;
        int from = headBytes;
        for (int run = head; run < tail && count < MESSAGES; ) {
            boolean whole = segmentation && !runSingly[run] && runPackets[run] > 1;
            int bytes = whole ? runBytes[run] - from : Math.min(runSegment[run], runBytes[run] - from);
            NativeUdpPath path = runPath[run];
            messages.name(count, path.sockaddr(), path.sockaddrBytes());
            messages.data(count, base + runAt[run] + from, bytes);
            messages.segment(count, whole ? runSegment[run] : 0);
            messageBytes[count++] = bytes;
            from += bytes;
            if (from == runBytes[run]) {
                run++;
                from = 0;
            }
        }
        return count;
    }

    private void done(int count) {
        for (int i = 0; i < count; i++) {
            headBytes += messageBytes[i];
            if (headBytes == runBytes[head]) {
                runPath[head++] = null;
                headBytes = 0;
            }
        }
    }

    /** The kernel does not take the first message at all. */
    private void refused(int errno) {
        boolean segmented = segmentation && !runSingly[head] && runPackets[head] > 1;
        if (segmented && errno == Libc.EIO) {
            segmentation = false; // the interface cannot make checksums for segments: nobody's runs would leave
            counters.segmentationOff++;
        } else if (segmented && (errno == Libc.EINVAL || errno == Libc.EMSGSIZE)) {
            runSingly[head] = true; // segments that are longer than the path's MTU: alone they may be fragmented
        } else {
            counters.sendErrors++; // an address that cannot be reached, mostly
            done(1);
        }
    }

    /** Off when the kernel cannot, or an interface once could not. */
    boolean segmentation() {
        return segmentation;
    }
}
