package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A growing array with an end: {@link VideoDepacketizer#FRAME_BYTES_MAX}. What does not fit marks it as overrun. */
final class FrameBuffer {
    private byte[] bytes = new byte[16 << 10];
    private int length;
    private boolean overrun;

    void clear() {
        length = 0;
        overrun = false;
    }

    int length() {
        return length;
    }

    boolean overrun() {
        return overrun;
    }

    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void append(ByteBuf from, int at, int count) {
        if (!room(count)) return;
        from.getBytes(at, bytes, length, count);
        length += count;
    }

    void append(byte[] from) {
        if (!room(from.length)) return;
        System.arraycopy(from, 0, bytes, length, from.length);
        length += from.length;
    }

    void append(int value) {
        if (!room(1)) return;
        bytes[length++] = (byte) value;
    }

    private boolean room(int count) {
        if (overrun || length + count > VideoDepacketizer.FRAME_BYTES_MAX) {
            overrun = true;
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(length + count, Math.min(2 * bytes.length, VideoDepacketizer.FRAME_BYTES_MAX)));
        }
        return true;
    }
}
