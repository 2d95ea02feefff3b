package dev.parley.signaling.domain;

/** A file being played into the room by the virtual participant. {@code starterId}: participant, "" = over REST. */
public record Playback(String vodId, String starterId, String participantId, String feedId, String nodeUrl) {
    /** What it publishes once the file's first packet is in the room. */
    public Feed feed() {
        return new Feed(feedId, "playback", Source.PLAYBACK, true, true, false, false);
    }
}
