package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.Participant;
import dev.parley.signaling.domain.Recording;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.Workers;
import jakarta.enterprise.context.ApplicationScoped;

/** Server-side recording of rooms. */
@ApplicationScoped
public class RecordingService {
    /** Over REST and automatic recordings have no starter whose leaving could end them. */
    private static final String NOBODY = "";

    private final RoomService rooms;
    private final Workers workers;
    private final Media media;

    private final Documents documents;

    RecordingService(RoomService rooms, Workers workers, Media media, Documents documents) {
        this.rooms = rooms;
        this.workers = workers;
        this.media = media;
        this.documents = documents;
    }

    public record Started(String recordId) {}

    /** @param name what people call it, for lists */
    public record Wanted(RecordParam param, String thirdId, String filePath, String name) {}

    /** @param by participant, "" = over REST */
    public Started start(String roomId, String by, Wanted wanted, Step step) {
        RoomState room = rooms.get(roomId);
        RecordParam param = (wanted.param() == null ? RecordParam.DEFAULTS : wanted.param()).withDefaults();
        String recordId = Ids.make("rec");
        Participant starter = room.participant(by);
        NodeView recorder = workers.pick(NodeKind.RECORDER);
        rooms.place(room);
        // The room knows first: a crash in between leaves a recording that never begins, not one that nobody stops.
        var outcome = rooms.execute(
                roomId,
                new RoomCommand.StartRecording(
                        by, recordId, wanted.thirdId(), param.endType(), recorder.url(), param.silentRecord()),
                step.answering(_ -> new Started(recordId)));
        if (outcome.repeated() != null) return begun(outcome);
        try {
            workers.startRecording(
                    recorder.url(),
                    new StartRecording(
                            recordId,
                            roomId,
                            room.info().bizName(),
                            room.info().appId(),
                            room.info().workspaceId(),
                            media.place(roomId).node(),
                            by,
                            wanted.thirdId(),
                            wanted.filePath(),
                            room.info().callbackUrl(),
                            param,
                            starter == null ? "" : starter.uid(),
                            wanted.name()));
        } catch (RefusedException e) {
            rooms.execute(roomId, new RoomCommand.StopRecording("", recordId));
            throw e;
        }
        return new Started(recordId);
    }

    /** What the first request was answered; the room kept that before the recorder was asked, so a recorder that refused is not in it. */
    private Started begun(Outcome outcome) {
        Started first = documents.read(outcome.repeated(), Started.class);
        Recording recording = outcome.after().recordings().get(first.recordId());
        if (recording != null && !recording.live() && recording.seq() == 0)
            throw new RefusedException(ErrorCode.RECORDING_ENDED, "It was not begun.");
        return first;
    }

    void startAutomatically(String roomId) {
        if (rooms.get(roomId).ended()) return;
        start(roomId, NOBODY, new Wanted(null, "", "", ""), Step.NONE);
    }

    void automaticFailed(String roomId, String message) {
        rooms.executeIfThere(roomId, new RoomCommand.AutoRecordFailed(message));
    }

    public void stop(String roomId, String by, String recordId) {
        rooms.execute(roomId, new RoomCommand.StopRecording(by, recordId));
    }

    /** Nothing more is taken until it is resumed. Errors: as stop, and RECORDING_STATE. @param by participant, "" = over REST */
    public void pause(String roomId, String by, String recordId) {
        workers.pauseRecording(runningAt(roomId, by, recordId), recordId);
    }

    public void resume(String roomId, String by, String recordId) {
        workers.resumeRecording(runningAt(roomId, by, recordId), recordId);
    }

    /** Any recorder takes what is asked of a recording; the one that began it does it at once, unless it is gone. */
    private String runningAt(String roomId, String by, String recordId) {
        RoomState room = rooms.get(roomId);
        ErrorCode refusal = room.refusesControl(by, recordId);
        if (refusal != null) throw new RefusedException(refusal);
        return room.recordings().get(recordId).nodeUrl();
    }

    /** Errors: RECORDING_NOT_FOUND. */
    public RecordingView view(String bizName, String recordId) {
        RecordingView view = workers.recording(workers.pick(NodeKind.RECORDER).url(), recordId);
        if (bizName != null && !bizName.equals(view.bizName()))
            throw new RefusedException(ErrorCode.RECORDING_NOT_FOUND);
        return view;
    }
}
