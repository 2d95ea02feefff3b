package dev.parley.contracts.media;

/**
 * A feed (one published stream: camera, screen, file) as the relay and readers of its tap know it.
 *
 * @param uid         the publisher's external id in its application
 * @param displayName for captions; may be ""
 * @param tag         what the publisher called the stream; may be ""
 * @param source      camera, screen, file or playback
 */
public record FeedInfo(String feedId, String participantId, String uid, String displayName, String tag, String source) {
    /**
     * Id of a feed that nobody publishes: its video is the camera of whoever spoke last, other than the subscriber himself (the voice-switched stream). Every
     * room has it.
     */
    public static final String SPEAKER = "speaker";
}
