package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;

/**
 * One m-line that a feed's track is sent on, as agreed.
 *
 * @param codec          what the subscriber was promised
 * @param payloadType    the subscriber's number for it
 * @param rtxPayloadType of retransmissions; -1 = none agreed, lost packets are resent as they were
 * @param ssrc           chosen by the relay, unique in the room
 */
public record DownTrack(
        String mid,
        String feedId,
        MediaKind kind,
        String codec,
        int payloadType,
        int rtxPayloadType,
        HeaderExtensions extensions,
        long ssrc,
        long rtxSsrc) {}
