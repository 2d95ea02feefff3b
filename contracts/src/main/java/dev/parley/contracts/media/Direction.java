package dev.parley.contracts.media;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Of a participant's transport, seen from the participant: up publishes, down subscribes. */
public enum Direction {
    @JsonProperty("up")
    UP,
    @JsonProperty("down")
    DOWN
}
