package dev.parley.relay.domain;

import dev.parley.contracts.media.SpeakersSignal;

/** Hears who speaks in a room. Called on the room's loop; must not block. */
public interface Speakers {
    void onSpeakers(SpeakersSignal signal);
}
