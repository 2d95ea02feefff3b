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

/** Opus in Ogg (RFC 7845, pages as in RFC 3533), one packet per page, no pre-skip: sample 0 of the file is sample 0 of the first packet. */
final class OggOpusWriter implements Closeable {
    private static final int FIRST = 2, LAST = 4;
    private static final int[] CRC = crcTable();
    private static final int SERIAL = 1;

    private final OutputStream out;
    private int page;
    private long granule;
    private byte[] waiting;

    /** @param channels 1 or 2: what a decoder is asked to give, whatever the packets hold */
    OggOpusWriter(Path file, int channels) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10);
        var head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) channels);
        head.putShort((short) 0).putInt(48_000).putShort((short) 0).put((byte) 0);
        page(head.array(), FIRST);
        var tags = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(6)
                .put("Parley".getBytes(StandardCharsets.US_ASCII));
        page(tags.putInt(0).array(), 0);
    }

    /** @param samples of the packet at 48 kHz */
    void packet(byte[] packet, int samples) throws IOException {
        if (waiting != null) page(waiting, 0); // one is held back: the last page must be known as such
        waiting = packet;
        granule += samples; // of the page that is held back
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (waiting != null) page(waiting, LAST);
        }
    }

    private void page(byte[] packet, int flags) throws IOException {
        int segments = packet.length / 255 + 1;
        if (segments > 255) throw new IOException("Opus packet of " + packet.length + " bytes");
        var bytes = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("OggS".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) flags)
                .putLong(granule);
        bytes.putInt(SERIAL).putInt(page++).putInt(0).put((byte) segments);
        for (int i = 0; i < segments - 1; i++) bytes.put((byte) 255);
        bytes.put((byte) (packet.length % 255)).put(packet);
        bytes.putInt(22, crc(bytes.array()));
        out.write(bytes.array());
    }

    /** CRC-32 with polynomial 04C11DB7, not reflected, from 0 (RFC 3533 section 6). */
    private static int crc(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) crc = crc << 8 ^ CRC[(crc >>> 24 ^ b) & 0xFF];
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) value = value << 1 ^ (value < 0 ? 0x04C11DB7 : 0);
            table[i] = value;
        }
        return table;
    }
}
