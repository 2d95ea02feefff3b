package dev.parley.vod.domain;

import dev.parley.contracts.playback.PlaybackEvent;

/** Port: tells the others. */
public interface Announcements {
    /** Returns when the event is in Kafka; throws an unchecked exception when it could not be brought there. */
    void announce(PlaybackEvent event);
}
