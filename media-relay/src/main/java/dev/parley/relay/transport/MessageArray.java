package dev.parley.relay.transport;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of struct mmsghdr (sendmmsg(2)), each with one iovec and room for the control message UDP_SEGMENT (udp(7)), on a 64-bit system.
 *
 * <pre>mmsghdr:  name(8) namelen(4) pad(4) iov(8) iovlen(8) control(8) controllen(8) flags(4) pad(4) | len(4) pad(4)
 * iovec:    base(8) len(8)
 * cmsghdr:  len(8) level(4) type(4) data(2) pad(6)</pre>
 */
final class MessageArray {
    private static final int HEADER_BYTES = 64, IOVEC_BYTES = 16, CONTROL_BYTES = 24;
    private static final int NAME_LENGTH_AT = 8, IOV_AT = 16, CONTROL_AT = 32, CONTROL_LENGTH_AT = 40, LENGTH_AT = 56;
    private static final int SEGMENT_AT = 16;
    /** CMSG_LEN(sizeof (uint16_t)). */
    private static final long CONTROL_LENGTH = 18;

    private final MemorySegment memory;
    private final int iovecs;
    private final int controls;

    MessageArray(int count) {
        iovecs = count * HEADER_BYTES;
        controls = iovecs + count * IOVEC_BYTES;
        memory = Arena.ofAuto().allocate(controls + (long) count * CONTROL_BYTES, 8);
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            long control = controls + (long) i * CONTROL_BYTES;
            memory.set(JAVA_LONG, header + IOV_AT, memory.address() + iovecs + (long) i * IOVEC_BYTES);
            memory.set(JAVA_LONG, header + IOV_AT + 8, 1);
            memory.set(JAVA_LONG, header + CONTROL_AT, memory.address() + control);
            memory.set(JAVA_LONG, control, CONTROL_LENGTH);
            memory.set(JAVA_INT, control + 8, Libc.SOL_UDP);
            memory.set(JAVA_INT, control + 12, Libc.UDP_SEGMENT);
        }
    }

    long address() {
        return memory.address();
    }

    void name(int i, long address, int bytes) {
        memory.set(JAVA_LONG, (long) i * HEADER_BYTES, address);
        memory.set(JAVA_INT, (long) i * HEADER_BYTES + NAME_LENGTH_AT, bytes);
    }

    void data(int i, long address, long bytes) {
        long iovec = iovecs + (long) i * IOVEC_BYTES;
        memory.set(JAVA_LONG, iovec, address);
        memory.set(JAVA_LONG, iovec + 8, bytes);
    }

    /** The kernel cuts the data into packets of so many bytes; 0 = it is one packet. */
    void segment(int i, int bytes) {
        memory.set(JAVA_LONG, (long) i * HEADER_BYTES + CONTROL_LENGTH_AT, bytes == 0 ? 0 : CONTROL_BYTES);
        if (bytes != 0) {
            memory.set(JAVA_SHORT, controls + (long) i * CONTROL_BYTES + SEGMENT_AT, (short) bytes);
        }
    }

    /** Bytes of the packet that was received. */
    int length(int i) {
        return memory.get(JAVA_INT, (long) i * HEADER_BYTES + LENGTH_AT);
    }
}
