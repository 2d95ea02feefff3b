package dev.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonProperty;

/** As in an SDP m-line (RFC 8866 section 5.14). */
public enum MediaKind {
    @JsonProperty("audio")
    AUDIO,
    @JsonProperty("video")
    VIDEO
}
