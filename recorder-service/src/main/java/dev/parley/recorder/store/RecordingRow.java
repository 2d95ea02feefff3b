package dev.parley.recorder.store;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.recorder.domain.Recording;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * A row of {@code recording}: the recording as one document, and beside it what is searched for. The two deadlines and the progress are renewed in
 * their columns alone; there the columns are right, not the document.
 */
@Entity
@Table(name = "recording")
public class RecordingRow extends PanacheEntityBase {
    @Id
    public String recordId;

    public String roomId;
    public String bizName;
    public String starterUid;
    public String name;
    public String document;
    public long lastSeq;

    @Enumerated(EnumType.STRING)
    public RecordingState state;

    public long createdAtMs;
    public long stoppedAtMs;
    public String owner;
    public long leaseUntilMs;
    public boolean journalClosed;
    public long composeAtMs;
    public String composer;
    public int progress;

    static RecordingRow of(Recording recording, Json json) {
        var row = new RecordingRow();
        row.recordId = recording.recordId();
        row.roomId = recording.request().roomId();
        row.bizName = recording.request().bizName();
        row.starterUid = recording.request().starterUid();
        row.name = recording.request().name();
        row.createdAtMs = recording.story().times().createdMs();
        row.set(recording, json);
        return row;
    }

    void set(Recording r, Json json) {
        document = json.write(r);
        state = r.state();
        stoppedAtMs = r.story().times().stoppedMs();
        owner = r.tap().owner();
        leaseUntilMs = r.tap().leaseUntilMs();
        journalClosed = r.tap().closed();
        composeAtMs = r.job().atMs();
        composer = r.job().node();
        progress = r.job().progress();
    }

    Recording recording(Json json) {
        return json.read(document, Recording.class).renewed(leaseUntilMs, composeAtMs, progress);
    }
}
