package dev.parley.vod.domain;

import dev.parley.contracts.media.MediaKind;

/**
 * A track of a playback's feed as it is announced to the relay and demanded from FFmpeg.
 *
 * @param ssrc 1 to 2^31-1: FFmpeg's option is a signed int
 */
public record OutTrack(
        MediaKind kind, String codec, int payloadType, int clockRate, int channels, String fmtp, int ssrc) {
    /** 42e01f: constrained baseline, level 3.1. Mode 1: single NAL units, STAP-A and FU-A (RFC 6184 section 6.3). */
    private static final String H264_FMTP = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";

    public static OutTrack video(int ssrc) {
        return new OutTrack(MediaKind.VIDEO, "H264", 96, 90_000, 0, H264_FMTP, ssrc);
    }

    /** RFC 7587: always announced as 48 kHz with two channels. */
    public static OutTrack audio(int ssrc) {
        return new OutTrack(
                MediaKind.AUDIO, "opus", 111, 48_000, 2, "minptime=10;useinbandfec=0;stereo=1;sprop-stereo=1", ssrc);
    }
}
