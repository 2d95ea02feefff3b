package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.port.Workers;
import dev.parley.signaling.domain.port.Workers.RecordingQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Recordings after the call. Who may moderate sees and deletes those of the application, everybody else his own. Errors: those of
 * {@link Workers}.
 */
@ApplicationScoped
public class RecordingArchive {
    private static final Set<RecordingState> OVER = Set.of(RecordingState.DONE, RecordingState.FAILED);

    private final Workers workers;

    RecordingArchive(Workers workers) {
        this.workers = workers;
    }

    /** @param who null = a service, which sees all */
    public RecordingPage list(Identity who, RecordingQuery wanted) {
        return workers.recordings(recorder(), who == null ? wanted : within(who, wanted));
    }

    private static RecordingQuery within(Identity who, RecordingQuery q) {
        String starter = who.may(Scope.MODERATE) ? q.starterUid() : who.uid();
        if (!q.starterUid().isEmpty() && !q.starterUid().equals(starter))
            throw new RefusedException(ErrorCode.NOT_ALLOWED);
        return new RecordingQuery(
                who.bizName(), q.roomId(), starter, q.name(), q.fromMs(), q.toMs(), q.page(), q.size());
    }

    /**
     * All or nothing, as far as can be known before: each is looked at before the first one goes. Errors: RECORDING_NOT_FOUND, NOT_ALLOWED,
     * RECORDING_STATE when one is not over.
     *
     * @param who null = a service
     */
    public void delete(Identity who, List<String> recordIds) {
        String recorder = recorder();
        var all = new LinkedHashSet<>(recordIds);
        for (String recordId : all) mayDelete(who, workers.recording(recorder, recordId));
        for (String recordId : all) workers.deleteRecording(recorder, recordId);
    }

    private static void mayDelete(Identity who, RecordingView view) {
        if (who != null && !who.bizName().equals(view.bizName()))
            throw new RefusedException(ErrorCode.RECORDING_NOT_FOUND, view.recordId() + ".");
        if (who != null && !who.may(Scope.MODERATE) && !who.uid().equals(view.starterUid()))
            throw new RefusedException(ErrorCode.NOT_ALLOWED, view.recordId() + " is another's.");
        if (!OVER.contains(view.state()))
            throw new RefusedException(
                    ErrorCode.RECORDING_STATE, view.recordId() + " is " + view.state() + "; stop it and wait.");
    }

    /** Any of them knows all. */
    private String recorder() {
        return workers.pick(NodeKind.RECORDER).url();
    }
}
