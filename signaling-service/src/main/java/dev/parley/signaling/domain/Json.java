package dev.parley.signaling.domain;

import java.util.Objects;

/** One JSON value that the rules carry without reading it, as its text. */
public record Json(String text) {
    public static final Json NULL = new Json("null");

    public Json {
        Objects.requireNonNull(text);
    }
}
