package dev.parley.relay.domain;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The latest packets of one incoming stream as they came, for answering NACKs of all its subscribers: a ring of bytes and an index by sequence
 * number. The oldest are overwritten when bytes or slots run out.
 */
public final class PacketHistory {
    private final ByteBuf slab;
    private final long[] sequences;
    private final long[] positions;
    private final int[] lengths;
    private final int mask;
    private long written;

    /**
     * @param slab  memory to use, owned from now on; its capacity is the limit in bytes
     * @param slots a power of two
     */
    public PacketHistory(ByteBuf slab, int slots) {
        if (Integer.bitCount(slots) != 1) throw new IllegalArgumentException("slots is no power of two: " + slots);
        this.slab = slab;
        this.sequences = new long[slots];
        this.positions = new long[slots];
        this.lengths = new int[slots];
        this.mask = slots - 1;
        Arrays.fill(sequences, -1);
    }

    /** Copies the readable bytes. A packet larger than the slab is not kept. @param extended from {@link SequenceWindow} */
    public void put(long extended, ByteBuf packet) {
        int bytes = packet.readableBytes();
        int capacity = slab.capacity();
        if (bytes > capacity) return;
        int offset = (int) (written % capacity);
        if (offset + bytes > capacity) written += capacity - offset; // a packet lies in one piece
        int slot = (int) extended & mask;
        if (sequences[slot] > extended) return; // a straggler must not displace a newer one
        sequences[slot] = extended;
        positions[slot] = written;
        lengths[slot] = bytes;
        slab.setBytes((int) (written % capacity), packet, packet.readerIndex(), bytes);
        written += bytes;
    }

    /** The packet as the readable bytes of the slab, valid until the next call of any method; null when it is gone. */
    public ByteBuf find(long extended) {
        int slot = (int) extended & mask;
        if (extended < 0 || sequences[slot] != extended || written - positions[slot] > slab.capacity()) return null;
        int offset = (int) (positions[slot] % slab.capacity());
        return slab.setIndex(offset, offset + lengths[slot]);
    }

    public void release() {
        slab.release();
    }
}
