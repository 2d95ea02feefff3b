package dev.parley.recorder.domain;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.StartRecording;
import java.util.Set;

/**
 * A recording as it stands. Times are milliseconds since the epoch, 0 while unknown.
 *
 * @param feeds         ids of the feeds of which a packet was recorded
 * @param initialised   whether the tap has been open
 * @param eventCode     the last one reported, MRTC section 3.3
 * @param stoppedAtMs   when the stop was asked for
 * @param film          the result; null until DONE
 * @param run           which taking-up of the recording this is, from 1
 * @param journalClosed whether every segment is in the object store
 * @param attempts      compositions begun
 * @param composeAtMs   not before this time; while one runs: when it is given up for dead
 */
public record Recording(
        StartRecording request,
        RecordingState state,
        Set<String> feeds,
        boolean initialised,
        int eventCode,
        String message,
        long createdAtMs,
        long startedAtMs,
        long stoppedAtMs,
        Film film,
        String owner,
        long leaseUntilMs,
        int run,
        boolean journalClosed,
        int attempts,
        long composeAtMs) {
    /** @param path key in the object store. @param mediaType 0 audio and video, 1 audio only, 2 video only */
    public record Film(String path, long durationMs, long sizeBytes, int mediaType) {}

    public static Recording begin(StartRecording request, String owner, long nowMs, long leaseUntilMs) {
        return new Recording(
                request,
                RecordingState.STARTING,
                Set.of(),
                false,
                0,
                "",
                nowMs,
                0,
                0,
                null,
                owner,
                leaseUntilMs,
                1,
                false,
                0,
                0);
    }

    public String recordId() {
        return request.recordId();
    }

    /** Whether the room is to be tapped. */
    public boolean isLive() {
        return state == RecordingState.STARTING || state == RecordingState.RECORDING;
    }

    Recording to(RecordingState next) {
        return new Recording(
                request,
                next,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording opened() {
        return new Recording(
                request,
                state,
                feeds,
                true,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording heard(Set<String> all, long firstAtMs) {
        return new Recording(
                request,
                state,
                all,
                initialised,
                eventCode,
                message,
                createdAtMs,
                firstAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording said(int code, String text) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                code,
                text,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording stopped(long atMs) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                atMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording closed() {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                true,
                attempts,
                composeAtMs);
    }

    Recording made(Film made, long firstAtMs) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                firstAtMs,
                stoppedAtMs,
                made,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                composeAtMs);
    }

    Recording composeAt(long atMs) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts,
                atMs);
    }

    /** Another node, or the same one after a restart, taps from now on. */
    public Recording takenBy(String node, long untilMs) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                node,
                untilMs,
                run + 1,
                journalClosed,
                attempts,
                composeAtMs);
    }

    /** A composition begins; it must renew before the time. */
    public Recording composing(long untilMs) {
        return new Recording(
                request,
                state,
                feeds,
                initialised,
                eventCode,
                message,
                createdAtMs,
                startedAtMs,
                stoppedAtMs,
                film,
                owner,
                leaseUntilMs,
                run,
                journalClosed,
                attempts + 1,
                untilMs);
    }
}
