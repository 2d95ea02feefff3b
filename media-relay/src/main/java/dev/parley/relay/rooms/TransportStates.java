package dev.parley.relay.rooms;

import dev.parley.contracts.media.TransportState;

/** Hears every change of a participant's transport. Called on media loops; must not block. */
public interface TransportStates {
    void onTransportState(TransportState state);
}
