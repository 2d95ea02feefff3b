package dev.parley.bench.load;

/**
 * One stream that a publisher sends.
 *
 * @param video        VP8, else Opus
 * @param ssrc         unsigned 32 bits
 * @param payloadBytes RTP payload, at least {@link Payload#BYTES_MIN}; on the wire 12 to 20 bytes of header and 16 of tag come to it
 * @param perSecond    packets a second
 * @param burst        packets that leave together; 1 = evenly spaced
 */
public record Track(boolean video, long ssrc, int payloadBytes, double perSecond, int burst) {
    public Track {
        if (payloadBytes < Payload.BYTES_MIN || payloadBytes > Payload.BYTES_MAX)
            throw new IllegalArgumentException("payloadBytes: " + payloadBytes);
        if (perSecond <= 0 || burst < 1 || burst > 64)
            throw new IllegalArgumentException("perSecond " + perSecond + ", burst " + burst);
    }

    int payloadType() {
        return video ? LoadSdp.VP8 : LoadSdp.OPUS;
    }
}
