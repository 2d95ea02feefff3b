package dev.parley.recorder.domain;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import java.util.List;
import java.util.Set;

/** A recording as it stands; kept as one document. Times are milliseconds since the epoch, 0 while unknown. */
public record Recording(StartRecording request, RecordingState state, Story story, Tap tap, Job job) {
    /**
     * What became of it so far.
     *
     * @param feeds       ids of the feeds of which a packet was recorded
     * @param initialised whether the tap has been open
     * @param said        the last event code reported, MRTC section 3.3
     * @param films       the results; empty until DONE, the film of sound and picture first
     */
    public record Story(Set<String> feeds, boolean initialised, Said said, Times times, List<Film> films) {}

    public record Said(int eventCode, String message) {}

    /** @param startedMs when the first packet arrived at the relay: the film's first moment. @param stoppedMs when the stop was asked for */
    public record Times(long createdMs, long startedMs, long stoppedMs) {}

    /**
     * @param path      key in the store
     * @param mediaType 0 audio and video, 1 audio only, 2 video only
     * @param folder    below which the key is a path, null = it is the object store's
     */
    public record Film(String path, long durationMs, long sizeBytes, int mediaType, String folder) {
        public Film(String path, long durationMs, long sizeBytes, int mediaType) {
            this(path, durationMs, sizeBytes, mediaType, null);
        }

        /** MRTC-RCB-02. */
        public int fileType() {
            return folder == null ? RecordingView.OBJECT_STORE : RecordingView.FOLDER;
        }

        /** As it is told to others: the key, or the whole path on the recorder. */
        public String location() {
            return folder == null ? path : folder + "/" + path;
        }
    }

    /**
     * Who taps the room.
     *
     * @param leaseUntilMs when another node may take it over
     * @param run          which taking-up of the recording this is, from 1
     * @param closed       whether every segment of the journal is in the object store
     * @param turns        how often it was paused or resumed: odd = paused
     */
    public record Tap(String owner, long leaseUntilMs, int run, boolean closed, int turns) {}

    /**
     * The composition.
     *
     * @param attempts begun so far
     * @param atMs     not before this time; while one runs: when it is given up for dead
     * @param node     that began the last one, "" = none
     * @param progress of the one that runs, percent
     */
    public record Job(int attempts, long atMs, String node, int progress) {}

    public static Recording begin(StartRecording request, String owner, long nowMs, long leaseUntilMs) {
        return new Recording(
                request,
                RecordingState.STARTING,
                new Story(Set.of(), false, new Said(0, ""), new Times(nowMs, 0, 0), List.of()),
                new Tap(owner, leaseUntilMs, 1, false, 0),
                new Job(0, 0, "", 0));
    }

    public String recordId() {
        return request.recordId();
    }

    /** Whether the room is to be tapped, now or when the pause is over. */
    public boolean isLive() {
        return state == RecordingState.STARTING || state == RecordingState.RECORDING || state == RecordingState.PAUSED;
    }

    public boolean isOver() {
        return state == RecordingState.DONE || state == RecordingState.FAILED;
    }

    /** Another node, or the same one after a restart, taps from now on. */
    public Recording takenBy(String node, long untilMs) {
        return with(new Tap(node, untilMs, tap.run + 1, tap.closed, tap.turns));
    }

    /** A composition begins; it must renew before the time. */
    public Recording composing(String node, long untilMs) {
        return with(new Job(job.attempts + 1, untilMs, node, 0));
    }

    /** The same with the deadlines that were renewed since, and how far the composition is. */
    public Recording renewed(long leaseUntilMs, long composeAtMs, int progress) {
        return with(new Tap(tap.owner, leaseUntilMs, tap.run, tap.closed, tap.turns))
                .with(new Job(job.attempts, composeAtMs, job.node, progress));
    }

    Recording to(RecordingState next) {
        return new Recording(request, next, story, tap, job);
    }

    Recording opened() {
        return with(new Story(story.feeds, true, story.said, story.times, story.films));
    }

    Recording heard(Set<String> all) {
        return with(new Story(all, story.initialised, story.said, story.times, story.films));
    }

    Recording said(int code, String text) {
        return with(new Story(story.feeds, story.initialised, new Said(code, text), story.times, story.films));
    }

    Recording startedAt(long ms) {
        return at(new Times(story.times.createdMs, ms, story.times.stoppedMs));
    }

    Recording stoppedAt(long ms) {
        return at(new Times(story.times.createdMs, story.times.startedMs, ms));
    }

    Recording made(List<Film> films) {
        return with(new Story(story.feeds, story.initialised, story.said, story.times, films));
    }

    private Recording at(Times times) {
        return with(new Story(story.feeds, story.initialised, story.said, times, story.films));
    }

    Recording closed() {
        return with(new Tap(tap.owner, tap.leaseUntilMs, tap.run, true, tap.turns));
    }

    Recording turned() {
        return with(new Tap(tap.owner, tap.leaseUntilMs, tap.run, tap.closed, tap.turns + 1));
    }

    Recording composeAt(long atMs) {
        return with(new Job(job.attempts, atMs, job.node, 0));
    }

    private Recording with(Story next) {
        return new Recording(request, state, next, tap, job);
    }

    private Recording with(Tap next) {
        return new Recording(request, state, story, next, job);
    }

    private Recording with(Job next) {
        return new Recording(request, state, story, tap, next);
    }
}
