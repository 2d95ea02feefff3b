package dev.parley.recorder.domain.layout;

/**
 * Somebody with a picture.
 *
 * @param tag    of the feed; "" when it has none
 * @param screen whether it is a shared screen and no camera
 */
public record Person(String tag, boolean screen) {}
