package dev.parley.contracts.media;

import java.util.List;

/**
 * Body of {@code PUT /v1/rooms/{roomId}/transports/{transportId}} at a relay: the client's complete offer and the complete meaning of its
 * m-lines. The relay always answers, never offers. The first call makes the transport; later ones change it; an offer with a new DTLS
 * fingerprint replaces it, one with a new ice-ufrag restarts ICE. An m-line without binding, or with an unknown feed, is answered inactive.
 *
 * @param participantId whose transport it is
 * @param sdp           the offer, at most 256 KiB
 * @param feeds         every feed that the bindings of an UP transport name; empty for DOWN
 * @param tracks        every m-line in use
 * @param clientAddress the browser-facing address in play ("" = the relay's own announced addresses)
 * @param wishes        how a DOWN transport wants feeds, from now on; empty = as before
 */
public record NegotiateRequest(
        String participantId,
        Direction direction,
        String sdp,
        List<FeedInfo> feeds,
        List<TrackBinding> tracks,
        String clientAddress,
        List<FeedWish> wishes) {
    public NegotiateRequest {
        wishes = wishes == null ? List.of() : List.copyOf(wishes);
    }

    /** Without wishes. */
    public NegotiateRequest(
            String participantId,
            Direction direction,
            String sdp,
            List<FeedInfo> feeds,
            List<TrackBinding> tracks,
            String clientAddress) {
        this(participantId, direction, sdp, feeds, tracks, clientAddress, List.of());
    }
}
