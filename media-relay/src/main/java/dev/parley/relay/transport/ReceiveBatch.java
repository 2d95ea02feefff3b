package dev.parley.relay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory for what one recvmmsg brings: packets, and where they came from. Valid until the next one. One thread. */
final class ReceiveBatch {
    static final int PACKETS = 64;
    /** Longer ones are cut off, so they are not authentic. */
    private static final int PACKET_BYTES = 1500;

    private static final int PACKET_STRIDE = 1600, NAME_STRIDE = 32;

    private final MessageArray messages = new MessageArray(PACKETS);
    private final MemorySegment names = Arena.ofAuto().allocate((long) PACKETS * NAME_STRIDE, 8);
    private final ByteBuf[] packets = new ByteBuf[PACKETS];
    private final AddressKey sender = new AddressKey();
    private int used = PACKETS;

    ReceiveBatch() {
        MemorySegment memory = Arena.ofAuto().allocate((long) PACKETS * PACKET_STRIDE, 64);
        for (int i = 0; i < PACKETS; i++) {
            MemorySegment slot = memory.asSlice((long) i * PACKET_STRIDE, PACKET_STRIDE);
            packets[i] = Unpooled.wrappedBuffer(slot.asByteBuffer());
            messages.data(i, slot.address(), PACKET_BYTES);
            messages.segment(i, 0);
        }
    }

    /** @return packets received, or a negated errno */
    int receive(MemorySegment errno, int fd) {
        for (int i = 0; i < used; i++) { // the kernel wrote the name's length over
            messages.name(i, names.address() + (long) i * NAME_STRIDE, AddressKey.SOCKADDR_BYTES);
        }
        int count = Libc.receive(errno, fd, messages.address(), PACKETS);
        used = Math.max(count, 0);
        return count;
    }

    ByteBuf packet(int i) {
        return packets[i].setIndex(0, messages.length(i));
    }

    /** The key belongs to the batch and changes with the next call. */
    AddressKey sender(int i) {
        return sender.set(names, (long) i * NAME_STRIDE);
    }
}
