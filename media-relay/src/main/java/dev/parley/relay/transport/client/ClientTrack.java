package dev.parley.relay.transport.client;

import dev.parley.rtp.sdp.MediaDirection;

/**
 * One m-line that the client offers.
 *
 * @param kind audio or video
 * @param ssrc of what is sent, unsigned 32 bits; video retransmits with {@link #rtxSsrc}; means nothing for RECVONLY
 */
public record ClientTrack(String mid, String kind, MediaDirection direction, long ssrc, String streamId) {
    public static ClientTrack send(String mid, String kind, long ssrc) {
        return new ClientTrack(mid, kind, MediaDirection.SENDONLY, ssrc, "stream");
    }

    public static ClientTrack receive(String mid, String kind) {
        return new ClientTrack(mid, kind, MediaDirection.RECVONLY, 0, "");
    }

    public long rtxSsrc() {
        return ssrc + 1 & 0xFFFF_FFFFL;
    }
}
