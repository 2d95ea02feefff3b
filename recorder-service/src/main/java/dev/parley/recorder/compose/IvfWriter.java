package dev.parley.recorder.compose;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An IVF file: the simplest container with a time for each frame. Little-endian; times in microseconds.
 * <pre>
 * file:  "DKIF" version(16)=0 header(16)=32 fourcc(32) width(16) height(16) rate(32) scale(32) frames(32) 0(32) | frame*
 * frame: bytes(32) time(64) data
 * </pre>
 */
final class IvfWriter implements Closeable {
    private final OutputStream out;
    private long lastUs = -1;

    /** @param fourcc VP80, or H264 for Annex B access units */
    IvfWriter(Path file, String fourcc, int width, int height) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10);
        var header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        header.put("DKIF".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putShort((short) 32);
        header.put(fourcc.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) width)
                .putShort((short) height);
        header.putInt(1_000_000).putInt(1);
        out.write(header.array());
    }

    /** @param timeUs not before the last one; equal and earlier ones are moved to just after it */
    void frame(long timeUs, byte[] data) throws IOException {
        lastUs = Math.max(timeUs, lastUs + 1);
        out.write(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(data.length)
                .putLong(lastUs)
                .array());
        out.write(data);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
