package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;

/**
 * How a track arrives, as negotiated with its publisher.
 *
 * @param codec          as in a=rtpmap: VP8, H264, opus
 * @param rtxPayloadType of retransmissions (RFC 4588); -1 = none agreed
 * @param channels       0 for video
 * @param fmtp           as in a=fmtp, without the number; may be ""
 * @param nack           lost packets may be asked for again (RFC 4585)
 * @param remb           the publisher heeds REMB
 */
public record TrackFormat(
        MediaKind kind,
        String codec,
        int payloadType,
        int rtxPayloadType,
        int clockRate,
        int channels,
        String fmtp,
        boolean nack,
        boolean remb,
        HeaderExtensions extensions) {
    boolean sameCodec(TrackFormat other) {
        return codec.equalsIgnoreCase(other.codec) && clockRate == other.clockRate;
    }
}
