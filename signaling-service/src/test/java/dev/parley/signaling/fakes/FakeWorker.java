package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.playback.PlaybackView;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.contracts.recording.RecordingPage;
import dev.parley.contracts.recording.RecordingState;
import dev.parley.contracts.recording.RecordingView;
import dev.parley.contracts.recording.StartRecording;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A recorder and player in memory: remembers what was asked of it. */
public final class FakeWorker extends Server {
    public final Map<String, StartRecording> recordings = new ConcurrentHashMap<>();
    public final List<String> stoppedRecordings = new CopyOnWriteArrayList<>();
    /** The last of pause and resume that was asked, by recording. */
    public final Map<String, String> turns = new ConcurrentHashMap<>();

    /** How lists were asked for. */
    public final List<String> queries = new CopyOnWriteArrayList<>();

    public final Map<String, StartPlayback> playbacks = new ConcurrentHashMap<>();
    public final List<String> stoppedPlaybacks = new CopyOnWriteArrayList<>();

    @Override
    Object handle(String method, String[] parts, JsonNode body, String query) throws IOException {
        boolean recording = parts[1].equals("recordings");
        if (method.equals("GET") && parts.length == 2) {
            queries.add(query);
            var mine = recordings.values().stream()
                    .filter(r -> ("&" + query + "&").contains("&starterUid=" + r.starterUid() + "&"))
                    .map(this::view)
                    .toList();
            return new RecordingPage(mine, mine.size());
        }
        if (method.equals("DELETE")) {
            if (recordings.remove(parts[2]) == null) throw new RefusedException(ErrorCode.RECORDING_NOT_FOUND);
            return null;
        }
        if (parts.length == 2 && recording) {
            var request = JSON.treeToValue(body, StartRecording.class);
            if (request.param().fps() > 60) throw new RefusedException(ErrorCode.RECORDING_PARAMETER, "fps: 1 to 60.");
            recordings.put(request.recordId(), request);
            return view(request);
        }
        if (parts.length == 2) {
            var request = JSON.treeToValue(body, StartPlayback.class);
            if (request.file().contains("missing")) throw new RefusedException(ErrorCode.PLAYBACK_FILE);
            playbacks.put(request.vodId(), request);
            return new PlaybackView(
                    request.vodId(), request.roomId(), request.feed().feedId(), request.file(), "starting", "");
        }
        String id = parts[2].split(":")[0];
        if (parts[2].endsWith(":stop")) {
            (recording ? stoppedRecordings : stoppedPlaybacks).add(id);
            return null;
        }
        StartRecording known = recordings.get(id);
        if (known != null && parts[2].contains(":")) {
            String verb = parts[2].split(":")[1];
            if (verb.equals(turns.put(id, verb))) throw new RefusedException(ErrorCode.RECORDING_STATE);
        }
        if (known == null) throw new RefusedException(ErrorCode.RECORDING_NOT_FOUND);
        return view(known);
    }

    private RecordingView view(StartRecording r) {
        return new RecordingView(
                r.recordId(),
                r.roomId(),
                r.bizName(),
                stoppedRecordings.contains(r.recordId()) ? RecordingState.DONE : RecordingState.STARTING,
                0,
                0,
                0,
                "",
                "",
                0,
                10,
                "",
                r.starterUid(),
                r.name(),
                0,
                0,
                List.of());
    }
}
