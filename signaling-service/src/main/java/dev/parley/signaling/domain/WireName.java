package dev.parley.signaling.domain;

import java.util.Locale;

/** An enumeration whose constants travel and are stored by their name in lower case, such as {@code reconnecting}. */
public interface WireName {
    String name();

    default String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
