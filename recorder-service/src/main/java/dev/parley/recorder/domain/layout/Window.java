package dev.parley.recorder.domain.layout;

/** @param person index in the list that was given. Windows are listed from back to front. */
public record Window(int person, Rect rect) {}
