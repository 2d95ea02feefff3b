package dev.parley.recorder.store;

import dev.parley.contracts.recording.RecordingCallback;
import dev.parley.contracts.recording.RecordingEvent;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingRules;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.ArrayList;
import java.util.UUID;

/** Writes what is to be reported beside the state that it reports, in the same transaction. */
@ApplicationScoped
class EventWriter {
    private final Json json;

    EventWriter(Json json) {
        this.json = json;
    }

    Uni<Void> write(RecordingRow row, RecordingRules.Decision decision, long nowMs) {
        if (decision.events().isEmpty()) return Uni.createFrom().voidItem();
        StartRecording request = decision.next().request();
        var rows = new ArrayList<PanacheEntityBase>();
        for (RecordingRules.Event event : decision.events()) {
            row.lastSeq++;
            rows.add(eventRow(decision.next(), row.lastSeq, event, nowMs));
            if (!request.callbackUrl().isEmpty()) rows.add(callbackRow(request, row.lastSeq, event, nowMs));
        }
        return PanacheEntityBase.persist(rows);
    }

    private EventRow eventRow(Recording recording, long seq, RecordingRules.Event event, long nowMs) {
        StartRecording r = recording.request();
        var row = new EventRow();
        row.recordId = r.recordId();
        row.seq = seq;
        row.event = json.write(new RecordingEvent(
                r.recordId(),
                r.roomId(),
                r.starterId(),
                r.thirdId(),
                seq,
                event.eventCode(),
                event.message(),
                event.feedId(),
                recording.story().times().startedMs()));
        row.atMs = nowMs;
        return row;
    }

    private CallbackRow callbackRow(StartRecording r, long seq, RecordingRules.Event event, long nowMs) {
        var row = new CallbackRow();
        row.bizRequestId = UUID.randomUUID().toString();
        row.recordId = r.recordId();
        row.seq = seq;
        row.bizName = r.bizName();
        row.url = r.callbackUrl();
        row.host = URI.create(r.callbackUrl()).getAuthority();
        row.body = json.write(new RecordingCallback(
                row.bizRequestId,
                r.bizName(),
                r.appId(),
                r.workspaceId(),
                r.roomId(),
                r.recordId(),
                event.eventCode(),
                event.result()));
        row.state = CallbackRow.PENDING;
        row.createdAtMs = nowMs;
        row.nextAtMs = nowMs;
        row.lastError = "";
        return row;
    }
}
