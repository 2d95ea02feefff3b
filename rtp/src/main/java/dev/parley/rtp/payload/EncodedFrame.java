package dev.parley.rtp.payload;

/**
 * One whole picture as its encoder made it, put together from the payloads of one or more RTP packets.
 *
 * @param timestamp RTP timestamp of its packets, unsigned 32 bits, 90 000 Hz
 * @param data      VP8: a frame of RFC 6386; H.264: an access unit in Annex B form (start codes 00 00 00 01)
 * @param key       whether decoding can begin here
 * @param width     in pixels as the newest key frame said; 0 while that is unknown
 * @param height    as width
 */
public record EncodedFrame(long timestamp, byte[] data, boolean key, int width, int height) {}
