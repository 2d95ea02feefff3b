package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;

/**
 * What the first bytes of an Opus packet tell (RFC 6716 section 3.1). The RTP payload is the packet, whole and alone (RFC 7587 section
 * 4.2), so there is nothing to put together.
 * <pre>byte 0: config(5) s(1) c(2) | if c = 3: v(1) p(1) frames(6)</pre>
 */
public final class OpusPacket {
    /** The RTP clock and Ogg granule rate of Opus, whatever was sampled. */
    public static final int CLOCK_RATE = 48_000;
    /** RFC 6716 section 3.2.5 (R5): 120 ms. */
    public static final int SAMPLES_MAX = 5_760;

    private OpusPacket() {}

    /** Length of the packet's audio in samples at 48 kHz, 120 to 5760; 0 when the packet breaks the rules. */
    public static int samples(ByteBuf packet) {
        int bytes = packet.readableBytes();
        if (bytes < 1) return 0;
        int toc = packet.getUnsignedByte(packet.readerIndex());
        int frames =
                switch (toc & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> bytes < 2 ? 0 : packet.getByte(packet.readerIndex() + 1) & 0x3F;
                };
        int samples = frames * frameSamples(toc >>> 3);
        return samples > SAMPLES_MAX ? 0 : samples;
    }

    /** The s bit. */
    public static boolean stereo(ByteBuf packet) {
        return packet.isReadable() && (packet.getByte(packet.readerIndex()) & 4) != 0;
    }

    /** Samples of one frame at 48 kHz by configuration, 0 to 31 (RFC 6716 table 2). */
    private static int frameSamples(int config) {
        if (config < 12) return new int[] {480, 960, 1_920, 2_880}[config & 3];
        if (config < 16) return (config & 1) == 0 ? 480 : 960;
        return 120 << (config & 3);
    }
}
