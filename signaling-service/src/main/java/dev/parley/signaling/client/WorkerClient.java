package dev.parley.signaling.client;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.signaling.domain.port.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Recorders and players over REST. */
@ApplicationScoped
public class WorkerClient implements Workers {
    private static final ErrorCode AWAY = ErrorCode.MEDIA_UNAVAILABLE;
    private final MasterApi master;
    private final WorkerApi worker;
    private final Remote remote;

    WorkerClient(@RestClient MasterApi master, @RestClient WorkerApi worker, Remote remote) {
        this.master = master;
        this.worker = worker;
        this.remote = remote;
    }

    @Override
    public NodeView pick(NodeKind kind) {
        return remote.call(AWAY, () -> master.pick(kind));
    }

    @Override
    public void startRecording(String nodeUrl, StartRecording request) {
        remote.call(AWAY, () -> worker.startRecording(nodeUrl, request));
    }

    @Override
    public void stopRecording(String nodeUrl, String recordId) {
        remote.run(AWAY, () -> worker.stopRecording(nodeUrl, recordId));
    }

    @Override
    public void pauseRecording(String nodeUrl, String recordId) {
        remote.run(AWAY, () -> worker.pauseRecording(nodeUrl, recordId));
    }

    @Override
    public void resumeRecording(String nodeUrl, String recordId) {
        remote.run(AWAY, () -> worker.resumeRecording(nodeUrl, recordId));
    }

    @Override
    public RecordingView recording(String nodeUrl, String recordId) {
        return remote.call(AWAY, () -> worker.recording(nodeUrl, recordId));
    }

    @Override
    public RecordingPage recordings(String nodeUrl, RecordingQuery q) {
        return remote.call(
                AWAY,
                () -> worker.recordings(
                        nodeUrl,
                        q.bizName(),
                        q.roomId(),
                        q.starterUid(),
                        q.name(),
                        q.fromMs(),
                        q.toMs(),
                        q.page(),
                        q.size()));
    }

    @Override
    public void deleteRecording(String nodeUrl, String recordId) {
        remote.run(AWAY, () -> worker.deleteRecording(nodeUrl, recordId));
    }

    @Override
    public void startPlayback(String nodeUrl, StartPlayback request) {
        remote.call(AWAY, () -> worker.startPlayback(nodeUrl, request));
    }

    @Override
    public void stopPlayback(String nodeUrl, String vodId) {
        remote.end(AWAY, () -> worker.stopPlayback(nodeUrl, vodId));
    }
}
