package dev.parley.signaling.domain;

/** One published stream. {@code audio} and {@code video} say what it has; the muted flags are false for what it has not. */
public record Feed(
        String feedId,
        String tag,
        Source source,
        boolean audio,
        boolean video,
        boolean audioMuted,
        boolean videoMuted) {
    /** Null leaves a flag as it is; a track that the feed has not stays unmuted. */
    public Feed muted(Boolean audioNow, Boolean videoNow) {
        return new Feed(
                feedId,
                tag,
                source,
                audio,
                video,
                audio && (audioNow == null ? audioMuted : audioNow),
                video && (videoNow == null ? videoMuted : videoNow));
    }
}
