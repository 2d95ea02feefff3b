package dev.parley.vod.domain;

/** What can happen to a playback. Time is data, so that a test can choose it. */
public sealed interface PlaybackCommand {
    /** A packet of the file was given to the relay. Only the first one matters. */
    record PacketSent() implements PlaybackCommand {}

    /** FFmpeg came to the end of the file and all that it sent was forwarded. */
    record InputEnded() implements PlaybackCommand {}

    /** The file cannot be read or FFmpeg ended otherwise than by the end of the file. */
    record InputFailed(String reason) implements PlaybackCommand {}

    /** The relay refused the feed, closed the connection or was lost. */
    record IngressLost(String reason) implements PlaybackCommand {}

    record Stop() implements PlaybackCommand {}

    /** This worker goes down in order, or another copy declared it lost. */
    record WorkerLost(String reason) implements PlaybackCommand {}

    record Tick(long nowMs) implements PlaybackCommand {}
}
