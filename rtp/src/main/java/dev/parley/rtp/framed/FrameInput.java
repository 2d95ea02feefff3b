package dev.parley.rtp.framed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the hello line and then frames from a blocking stream into one buffer of its own. For one thread; the stream should be buffered. */
public final class FrameInput {
    /** A hello or its answer, with the line feed. */
    public static final int LINE_BYTES_MAX = 8 * 1024;

    private final InputStream in;
    private final byte[] bytes = new byte[Frames.PACKET_BYTES_MAX];
    private final ByteBuf packet = Unpooled.wrappedBuffer(bytes);

    public FrameInput(InputStream in) {
        this.in = in;
    }

    /** One UTF-8 line without its line feed. IOException when it is longer than {@link #LINE_BYTES_MAX}, EOFException when cut short. */
    public String readLine() throws IOException {
        var line = new ByteArrayOutputStream(512);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("the stream ended within the hello line");
            if (line.size() >= LINE_BYTES_MAX - 1)
                throw new IOException("hello line of more than " + LINE_BYTES_MAX + " bytes");
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /**
     * The next packet, or null when the stream ended between two frames. The buffer is this object's own: valid until the next call, never to be
     * released. EOFException when the stream ends within a frame.
     */
    public ByteBuf readPacket() throws IOException {
        int high = in.read();
        if (high < 0) return null;
        int low = in.read();
        if (low < 0) throw new EOFException("the stream ended within a frame's length");
        int length = high << 8 | low;
        if (in.readNBytes(bytes, 0, length) < length) throw new EOFException("the stream ended within a frame");
        return packet.setIndex(0, length);
    }
}
