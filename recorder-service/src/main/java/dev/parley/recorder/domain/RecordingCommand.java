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

    /** A camera that shows few pictures a second. */
    record StreamSlow(String feedId, String uid, double perSecond) implements RecordingCommand {}

    /** The size of a stream's pictures, in pixels. {@code atStart}: it was in the room when the recording began. */
    record PictureSize(String uid, int width, int height, boolean atStart) implements RecordingCommand {}

    /** So many streams have a picture now, or had when the recording began. */
    record Pictures(int count, boolean atStart) implements RecordingCommand {}

    /** Something that the business should know and that does not end the recording. */
    record Warned(String message) implements RecordingCommand {}

    /** Time passes. {@code trouble}: why the tap could not be opened last. */
    record Tick(long nowMs, TapTrouble trouble) implements RecordingCommand {}

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
