package dev.parley.recorder.domain;

import java.util.List;

/** What may happen to a recording. Times are milliseconds since the epoch and come in as data. */
public sealed interface RecordingCommand {
    /** The relay answered and the journal can be written. */
    record TapOpened() implements RecordingCommand {}

    /** The first packet of a feed was journaled. {@code atMs}: the relay's wall clock at its arrival, by the journal. */
    record StreamHeard(String feedId, String uid, long atMs) implements RecordingCommand {}

    /** A feed that was heard went silent without having been muted or withdrawn. */
    record StreamLost(String feedId, String uid) implements RecordingCommand {}

    /** Something that the business should know and that does not end the recording. */
    record Warned(String message) implements RecordingCommand {}

    /** Time passes. */
    record Tick(long nowMs) implements RecordingCommand {}

    /** Nothing more is taken until it is resumed. Errors: RECORDING_STATE unless it records. */
    record Pause() implements RecordingCommand {}

    /** Errors: RECORDING_STATE unless it is paused. */
    record Resume() implements RecordingCommand {}

    record Stop(long nowMs) implements RecordingCommand {}

    /** The journal cannot be written. */
    record JournalFailed(int eventCode, String message, long nowMs) implements RecordingCommand {}

    /** The tap is closed and every segment is stored. */
    record JournalClosed() implements RecordingCommand {}

    /** @param films at least one */
    record Composed(List<Recording.Film> films, long startedAtMs, String message) implements RecordingCommand {}

    /** @param retryAtMs when to try again; 0 = never */
    record ComposeFailed(int eventCode, String message, long retryAtMs) implements RecordingCommand {}
}
