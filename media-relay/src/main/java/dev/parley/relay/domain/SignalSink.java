package dev.parley.relay.domain;

import dev.parley.contracts.media.EncodingsSignal;
import dev.parley.contracts.media.QualitySignal;
import dev.parley.contracts.media.SpeakersSignal;

/** Hears what is worth telling of a room at once, and worthless a second later. Called on the room's loop; must not block. */
public interface SignalSink {
    /** Hears nothing. */
    SignalSink NONE = _ -> {};

    void onSpeakers(SpeakersSignal signal);

    /** Which sizes of a simulcast are wanted. */
    default void onEncodings(EncodingsSignal signal) {}

    /** A feed's network has become weak, or is well again. */
    default void onQuality(QualitySignal signal) {}
}
