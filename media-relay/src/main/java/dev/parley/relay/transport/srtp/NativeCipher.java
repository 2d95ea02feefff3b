package dev.parley.relay.transport.srtp;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What the ciphers of OpenSSL have in common: a little off-heap memory of their own, and contexts that are freed by {@link #close}, or by the
 * collector when that was forgotten. Packets in direct buffers are worked on where they lie; those on the heap (tests, mostly) in a copy.
 */
abstract class NativeCipher implements SrtpCipher {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt BIG_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** IV (16) | a word, big-endian (4) | lengths that OpenSSL writes (8) | tag (20) | copy of a packet. */
    private static final int IV_BYTES = 16, WORD_AT = IV_BYTES, LENGTH_AT = 24, TAG_AT = 32, COPY_AT = 64;

    private final MemorySegment memory = Arena.ofAuto().allocate(COPY_AT + PACKET_BYTES_MAX + 64, 8);
    private final long base = memory.address();
    private final ByteBuffer view = memory.asByteBuffer();
    private final Cleaner.Cleanable contexts;
    private boolean closed;
    /** The session salts as IVs of 16 bytes, filled up with zeros. */
    final long rtpSaltHigh, rtpSaltLow, rtcpSaltHigh, rtcpSaltLow;

    /** @param free frees the contexts; must not refer to the cipher */
    NativeCipher(SrtpKeys keys, Runnable free) {
        contexts = CLEANER.register(this, free);
        byte[] rtp = Arrays.copyOf(keys.rtpSalt(), IV_BYTES);
        byte[] rtcp = Arrays.copyOf(keys.rtcpSalt(), IV_BYTES);
        rtpSaltHigh = bigLong(rtp, 0);
        rtpSaltLow = bigLong(rtp, 8);
        rtcpSaltHigh = bigLong(rtcp, 0);
        rtcpSaltLow = bigLong(rtcp, 8);
    }

    /** Sets the 16 bytes at {@link #iv()}. */
    final void iv(long high, long low) {
        if (closed) {
            throw new IllegalStateException("the cipher is closed");
        }
        memory.set(BIG_LONG, 0, high);
        memory.set(BIG_LONG, 8, low);
    }

    final long iv() {
        return base;
    }

    /** Sets the 4 bytes at {@link #word()}. */
    final void word(int value) {
        memory.set(BIG_INT, WORD_AT, value);
    }

    final long word() {
        return base + WORD_AT;
    }

    /** Where OpenSSL may write lengths; nobody reads them. */
    final long length() {
        return base + LENGTH_AT;
    }

    final long tag() {
        return base + TAG_AT;
    }

    final byte tag(int at) {
        return memory.get(ValueLayout.JAVA_BYTE, TAG_AT + at);
    }

    /** Address of the readable bytes: the buffer's own, or those of a copy. */
    final long in(ByteBuf buf) {
        if (buf.hasMemoryAddress()) {
            return buf.memoryAddress() + buf.readerIndex();
        }
        buf.getBytes(buf.readerIndex(), copy(0, buf.readableBytes()));
        return base + COPY_AT;
    }

    /** Address at which the buffer's next bytes may be written, or that of the copy; {@link #written} follows. */
    final long out(ByteBuf target, int bytes) {
        target.ensureWritable(bytes);
        return target.hasMemoryAddress() ? target.memoryAddress() + target.writerIndex() : base + COPY_AT;
    }

    /** What was written at {@link #out} from {@code from} on, and the plain packet's bytes before that, become part of the target. */
    final void written(ByteBuf plain, int from, int bytes, ByteBuf target) {
        int at = target.writerIndex();
        target.setBytes(at, plain, plain.readerIndex(), from);
        if (!target.hasMemoryAddress()) {
            target.setBytes(at + from, copy(from, bytes));
        }
        target.writerIndex(at + bytes);
    }

    /** What was changed at {@link #in} between these offsets is stored in the buffer, unless it happened there. */
    final void changed(ByteBuf packet, int from, int to) {
        if (!packet.hasMemoryAddress()) {
            packet.setBytes(packet.readerIndex() + from, copy(from, to));
        }
    }

    private ByteBuffer copy(int from, int to) {
        return view.clear().position(COPY_AT + from).limit(COPY_AT + to);
    }

    private static long bigLong(byte[] bytes, int at) {
        return (long) bigInt(bytes, at) << 32 | bigInt(bytes, at + 4) & 0xFFFF_FFFFL;
    }

    private static int bigInt(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF;
    }

    /** Using the cipher afterwards is refused. */
    @Override
    public final void close() {
        closed = true;
        contexts.clean();
    }
}
