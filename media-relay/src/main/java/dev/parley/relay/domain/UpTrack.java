package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;

/**
 * One m-line that a participant publishes on, as agreed.
 *
 * @param ssrc    as signalled by a=ssrc; 0 = to be learned from the first packet with this mid (RFC 8843 section 9.2)
 * @param rtxSsrc of its retransmissions; 0 = none, or to be learned
 */
public record UpTrack(String mid, String feedId, MediaKind kind, TrackFormat format, long ssrc, long rtxSsrc) {}
