package dev.parley.signaling.domain;

/** What a feed shows. */
public enum Source implements WireName {
    CAMERA,
    SCREEN,
    FILE,
    PLAYBACK
}
