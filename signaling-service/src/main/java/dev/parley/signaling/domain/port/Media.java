package dev.parley.signaling.domain.port;

import dev.parley.contracts.media.FeedControl;
import dev.parley.contracts.media.NegotiateAnswer;
import dev.parley.contracts.media.NegotiateRequest;
import dev.parley.contracts.media.SubscriberWishes;
import dev.parley.contracts.node.PlacementView;
import dev.parley.signaling.domain.MediaPlace;
import java.util.List;

/**
 * The rooms' media: where it lives (master) and what lives there (relay). All calls block, with a deadline. Errors: NO_NODE, SDP_INVALID,
 * RELAY_ROOM_NOT_FOUND; MEDIA_UNAVAILABLE when nobody answers.
 */
public interface Media {
    /** The place of a room, made when it has none or its relay is lost or drains; the relay holds the room when this returns. Safe to repeat. */
    PlacementView place(String roomId);

    NegotiateAnswer negotiate(MediaPlace at, String roomId, String transportId, NegotiateRequest request);

    /** How a subscriber wants feeds, from now on. Also TRANSPORT_NOT_FOUND. */
    void wish(MediaPlace at, String roomId, String transportId, SubscriberWishes wishes);

    /** Gone already is as good as removed; so for all that end something here. */
    void removeTransport(MediaPlace at, String roomId, String transportId);

    void control(MediaPlace at, String roomId, String feedId, FeedControl control);

    void endFeed(MediaPlace at, String roomId, String feedId);

    /** The room has another place: what is here may end as soon as nobody receives it any more. */
    void vacate(MediaPlace at, String roomId);

    /** Ids of the live relays that drain. */
    List<String> drainingRelays();

    /** This relay takes no new rooms from now on. */
    void drain(String relayUrl);

    /** Gives the relay's room and the placement back. */
    void release(MediaPlace at, String roomId);
}
