package dev.parley.relay.tap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The last seconds of a room's frames, for any number of readers that neither lock nor slow down the one writer: a chain of chunks that are
 * only appended to. Old chunks are cut off the head; a reader that stands on one notices and starts again at the new head. No packet makes
 * garbage, a chunk now and then does.
 *
 * <pre>entry: length(32) kind(8) tag(16) arrival in us(64) | packet</pre>
 */
final class TapRing {
    static final byte FRAME = 0, TRACK = 1;
    static final int HEAD_BYTES = 15;
    private static final int CHUNK_BYTES = 128 * 1024;

    /** Filled by the writer up to {@link #limit}; what is below it never changes. */
    static final class Chunk {
        final long firstIndex;
        /** Wall clock minus the monotonic clock when the chunk began, milliseconds. */
        final long wallMinusMonoMs;

        final ByteBuf bytes = Unpooled.buffer(CHUNK_BYTES, CHUNK_BYTES);
        volatile int limit;
        volatile Chunk next;
        volatile boolean evicted;
        long lastUs;

        Chunk(long firstIndex, long wallMinusMonoMs) {
            this.firstIndex = firstIndex;
            this.wallMinusMonoMs = wallMinusMonoMs;
        }
    }

    private final int chunksMax;
    private final long keepUs;
    private volatile Chunk head;
    private Chunk tail;
    private int chunks = 1;
    private volatile long nextIndex;

    /** @param bytesMax memory for all chunks; @param keepUs what is younger is only given up for want of memory */
    TapRing(int bytesMax, long keepUs, long firstIndex, long wallMinusMonoMs) {
        this.chunksMax = Math.max(2, bytesMax / CHUNK_BYTES);
        this.keepUs = keepUs;
        this.nextIndex = firstIndex;
        this.tail = new Chunk(firstIndex, wallMinusMonoMs);
        this.head = tail;
    }

    // ---- the writer: the room's loop

    /** False when the packet does not fit a chunk. */
    boolean append(byte kind, int tag, long us, ByteBuf packet, long wallMinusMonoMs) {
        int bytes = packet.readableBytes();
        if (HEAD_BYTES + bytes > CHUNK_BYTES) return false;
        if (tail.bytes.writableBytes() < HEAD_BYTES + bytes) grow(wallMinusMonoMs);
        Chunk chunk = tail;
        chunk.bytes.writeInt(bytes).writeByte(kind).writeShort(tag).writeLong(us);
        chunk.bytes.writeBytes(packet, packet.readerIndex(), bytes);
        chunk.lastUs = us;
        if (kind == FRAME) nextIndex = nextIndex + 1; // one writer: no increment is lost
        chunk.limit = chunk.bytes.writerIndex();
        return true;
    }

    private void grow(long wallMinusMonoMs) {
        var chunk = new Chunk(nextIndex, wallMinusMonoMs);
        tail.next = chunk;
        tail = chunk;
        chunks++;
        while (chunks > chunksMax) evict();
    }

    /** Cuts off what is old. */
    void expire(long nowUs) {
        while (head != tail && nowUs - head.lastUs > keepUs) evict();
    }

    private void evict() {
        Chunk old = head;
        head = old.next;
        old.evicted = true;
        old.next = null; // a reader that hangs on it must not hold all later chunks
        chunks--;
    }

    // ---- readers: any thread

    Chunk head() {
        return head;
    }

    /** Index that the next frame will have. */
    long nextIndex() {
        return nextIndex;
    }
}
