package dev.parley.signaling.domain.port;

import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;

/** Recorders and players. All calls block, with a deadline. Errors: the worker's refusals; NO_NODE; MEDIA_UNAVAILABLE when nobody answers. */
public interface Workers {
    /** A live node that can take work. */
    NodeView pick(NodeKind kind);

    void startRecording(String nodeUrl, StartRecording request);

    void stopRecording(String nodeUrl, String recordId);

    /** Errors also: RECORDING_STATE unless it records. */
    void pauseRecording(String nodeUrl, String recordId);

    /** Errors also: RECORDING_STATE unless it is paused. */
    void resumeRecording(String nodeUrl, String recordId);

    RecordingView recording(String nodeUrl, String recordId);

    /**
     * Which recordings are looked for (RTCPEER-2.31); "" and 0 = any.
     *
     * @param starterUid whose they are
     * @param name       a part of it, large and small letters alike
     * @param fromMs     begun at or after, milliseconds since the epoch
     * @param toMs       begun before
     * @param page       from 0
     */
    record RecordingQuery(
            String bizName,
            String roomId,
            String starterUid,
            String name,
            long fromMs,
            long toMs,
            int page,
            int size) {}

    /** Newest first. */
    RecordingPage recordings(String nodeUrl, RecordingQuery query);

    /** With its files. Errors also: RECORDING_STATE unless it is over. */
    void deleteRecording(String nodeUrl, String recordId);

    void startPlayback(String nodeUrl, StartPlayback request);

    void stopPlayback(String nodeUrl, String vodId);
}
