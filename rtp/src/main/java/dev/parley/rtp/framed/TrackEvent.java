package dev.parley.rtp.framed;

import dev.parley.contracts.media.FeedInfo;
import dev.parley.contracts.media.MediaKind;
import java.util.Map;

/**
 * Data of a {@code TRAK} frame: a track of the room, told before its first packet. {@code started} may be told again for a track already known
 * (when a tap resumes): take the newest.
 *
 * @param event       started, updated (mute) or ended
 * @param ssrc        unsigned 32 bits, unique in the room
 * @param codec       as in a=rtpmap: VP8, H264, opus
 * @param payloadType 0 to 127, of the track's packets in this stream
 * @param clockRate   hertz
 * @param channels    0 for video
 * @param fmtp        parameters as in a=fmtp, without the payload type; may be ""
 * @param extensions  header extension id to URI (RFC 8285), as the publisher sends them
 */
public record TrackEvent(
        String event,
        FeedInfo feed,
        MediaKind kind,
        long ssrc,
        String codec,
        int payloadType,
        int clockRate,
        int channels,
        String fmtp,
        boolean muted,
        Map<Integer, String> extensions) {
    public static final String STARTED = "started";
    public static final String UPDATED = "updated";
    public static final String ENDED = "ended";

    public TrackEvent as(String event, boolean muted) {
        return new TrackEvent(
                event, feed, kind, ssrc, codec, payloadType, clockRate, channels, fmtp, muted, extensions);
    }
}
