package dev.parley.recorder.domain;

import dev.parley.contracts.recording.StartRecording;
import java.util.List;
import java.util.Optional;

/** Where recordings are kept; shared by all recorder nodes. Blocking. Errors: UNAVAILABLE when the store does not answer. */
public interface RecordingStore {
    /** Safe to repeat: a recording that is there is answered as it stands. */
    Created create(StartRecording request, String owner, long nowMs, long leaseUntilMs);

    record Created(Recording recording, boolean isNew) {}

    Optional<Recording> find(String recordId);

    /** Newest first. */
    Page list(Filter filter);

    /**
     * What recordings are looked for (RTCPEER-2.31); "" and 0 = any.
     *
     * @param name   a part of it, large and small letters alike
     * @param fromMs created at or after, milliseconds since the epoch
     * @param toMs   created before
     * @param page   from 0
     */
    record Filter(
            String bizName,
            String roomId,
            String starterUid,
            String name,
            long fromMs,
            long toMs,
            int page,
            int size) {}

    /** @param total how many there are on all pages together */
    record Page(List<Recording> recordings, long total) {}

    /** Removes it with its events and what of its callbacks is not delivered. False: there was none. */
    boolean delete(String recordId);

    /** Decides under the row's lock and keeps the new state with its events and callbacks, all or nothing. Empty: no such recording. */
    Optional<Recording> apply(String recordId, RecordingCommand command, long nowMs);

    /** Takes up recordings whose journal is not closed: those that this node had (when {@code own}), or those whose lease has run out. */
    List<Recording> take(String node, boolean own, long nowMs, long leaseUntilMs);

    /** Renews the leases of these recordings as far as the node still holds them, and answers how those stand. */
    List<Recording> renew(String node, List<String> recordIds, long leaseUntilMs);

    /**
     * A recording that waits for its composition; it is the caller's until the time given. Rooms take turns: one that has fewer running comes
     * first, then who has waited longest.
     */
    Optional<Recording> takeComposition(String node, long nowMs, long untilMs);

    /** A node that starts composes nothing yet: what it had begun before is free again. */
    void releaseCompositions(String node);

    /** @param progress percent */
    void renewComposition(String recordId, long untilMs, int progress);

    /** Recordings that wait for a composition or have one running. */
    long compositionsWaiting();
}
