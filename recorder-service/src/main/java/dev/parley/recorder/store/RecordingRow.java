package dev.parley.recorder.store;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.StartRecording;
import dev.parley.recorder.domain.Recording;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import java.util.TreeSet;

/** A row of {@code recording}. */
@Entity
@Table(name = "recording")
public class RecordingRow extends PanacheEntityBase {
    @Id
    public String recordId;

    public String roomId;
    public String request;

    @Enumerated(EnumType.STRING)
    public RecordingState state;

    public String feeds;
    public boolean initialised;
    public long lastSeq;
    public int eventCode;
    public String message;
    public long createdAtMs;
    public long startedAtMs;
    public long stoppedAtMs;
    public long durationMs;
    public long sizeBytes;
    public String resultPath;
    public int mediaType;
    public String owner;
    public long leaseUntilMs;
    public int run;
    public boolean journalClosed;
    public int attempts;
    public long composeAtMs;

    static RecordingRow of(Recording recording, Json json) {
        var row = new RecordingRow();
        row.recordId = recording.recordId();
        row.roomId = recording.request().roomId();
        row.request = json.write(recording.request());
        row.createdAtMs = recording.createdAtMs();
        row.set(recording, json);
        return row;
    }

    void set(Recording r, Json json) {
        state = r.state();
        feeds = json.write(r.feeds());
        initialised = r.initialised();
        eventCode = r.eventCode();
        message = r.message();
        startedAtMs = r.startedAtMs();
        stoppedAtMs = r.stoppedAtMs();
        resultPath = r.film() == null ? "" : r.film().path();
        durationMs = r.film() == null ? 0 : r.film().durationMs();
        sizeBytes = r.film() == null ? 0 : r.film().sizeBytes();
        mediaType = r.film() == null ? 0 : r.film().mediaType();
        owner = r.owner();
        leaseUntilMs = r.leaseUntilMs();
        run = r.run();
        journalClosed = r.journalClosed();
        attempts = r.attempts();
        composeAtMs = r.composeAtMs();
    }

    Recording recording(Json json) {
        var film = resultPath.isEmpty() ? null : new Recording.Film(resultPath, durationMs, sizeBytes, mediaType);
        Set<String> heard = new TreeSet<>(Set.of(json.read(feeds, String[].class)));
        return new Recording(
                json.read(request, StartRecording.class),
                state,
                heard,
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
}
