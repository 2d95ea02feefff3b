package dev.parley.recorder.domain;

import dev.parley.contracts.recording.RecordParam;
import java.util.List;

/**
 * What a recording's files are and what they were made of; signed, it shows any later change. A pure function of journal and parameters, as
 * the films are. Hashes are SHA-256 in lower-case hex.
 *
 * @param version {@link #VERSION}; fields may be added, never renamed or given another meaning
 */
public record Manifest(
        int version,
        String recordId,
        String roomId,
        String bizName,
        String appId,
        String workspaceId,
        String thirdId,
        RecordParam param,
        Times times,
        Journal journal,
        List<File> files) {
    public static final int VERSION = 1;

    /** Milliseconds since the epoch. */
    public record Times(long createdAtMs, long startedAtMs, long stoppedAtMs) {}

    /**
     * @param head   of the chain: the hash of the last segment, in whose header is that of the one before
     * @param damage what was not as it had been written when the films were made; empty when all was
     */
    public record Journal(String head, List<Segment> segments, List<String> damage) {}

    public record Segment(String name, long bytes, String sha256) {}

    /**
     * @param path       key in the object store
     * @param mediaType  0 audio and video, 1 audio only, 2 video only
     * @param chunkBytes length of each chunk but the last
     * @param chunks     hash of each chunk: tells which bytes were changed
     */
    public record File(
            String path,
            int mediaType,
            long durationMs,
            long bytes,
            String sha256,
            int chunkBytes,
            List<String> chunks) {}

    public static Manifest of(Recording recording, long startedAtMs, Journal journal, List<File> files) {
        var request = recording.request();
        var times = recording.story().times();
        return new Manifest(
                VERSION,
                request.recordId(),
                request.roomId(),
                request.bizName(),
                request.appId(),
                request.workspaceId(),
                request.thirdId(),
                request.param(),
                new Times(times.createdMs(), startedAtMs, times.stoppedMs()),
                journal,
                files);
    }

    /** Key in the object store. */
    public static String pathOf(String recordId) {
        return "recordings/" + recordId + "/manifest.json";
    }
}
