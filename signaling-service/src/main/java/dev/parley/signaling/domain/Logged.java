package dev.parley.signaling.domain;

/** An event with its place in the room's log, from 1, without gaps. */
public record Logged(long seq, RoomEvent event, Audience audience) {}
