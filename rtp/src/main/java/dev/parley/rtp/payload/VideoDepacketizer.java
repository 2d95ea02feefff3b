package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Puts the payloads of one video stream together to frames. Fed in sequence order by whoever sorts and counts losses; a frame of which a
 * part is lost or malformed is dropped and counted, never given out. Not thread safe; one per SSRC. Whatever is fed, nothing is thrown.
 */
public interface VideoDepacketizer {
    /** A frame that does not fit is dropped: no encoder of a call makes larger ones, and memory must have an end. */
    int FRAME_BYTES_MAX = 4 << 20;

    /**
     * One packet.
     *
     * @param payload    without RTP header, extensions and padding; read from its reader index, which is left alone
     * @param timestamp  RTP timestamp, unsigned 32 bits
     * @param marker     RTP marker: the frame's last packet
     * @param lossBefore whether packets between the one before and this one are missing
     * @param sink       takes the frames that are whole now: none, one or two
     */
    void push(ByteBuf payload, long timestamp, boolean marker, boolean lossBefore, Consumer<EncodedFrame> sink);

    /** The stream is over: a frame whose last packet had no marker comes out. */
    void flush(Consumer<EncodedFrame> sink);

    /** Frames begun and thrown away for a loss or a malformed payload. */
    long damagedFrames();
}
