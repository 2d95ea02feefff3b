package dev.parley.signaling.api.ws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.contracts.recording.RecordParam;
import dev.parley.signaling.api.Callers;
import dev.parley.signaling.app.CallService;
import dev.parley.signaling.app.PlaybackService;
import dev.parley.signaling.app.RecordingArchive;
import dev.parley.signaling.app.RecordingService;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.Invitation;
import dev.parley.signaling.domain.Scope;
import dev.parley.signaling.domain.port.Workers.RecordingQuery;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Invitations, recordings, played files. */
@ApplicationScoped
class TaskRequests {
    private static final int LISTED_MAX = 1_000;

    private final Callers callers;
    private final CallService calls;
    private final RecordingService recordings;
    private final RecordingArchive archive;
    private final PlaybackService playbacks;
    private final ObjectMapper mapper;

    TaskRequests(
            Callers callers,
            CallService calls,
            RecordingService recordings,
            RecordingArchive archive,
            PlaybackService playbacks,
            ObjectMapper mapper) {
        this.callers = callers;
        this.calls = calls;
        this.recordings = recordings;
        this.archive = archive;
        this.playbacks = playbacks;
        this.mapper = mapper;
    }

    private record Accepted(String roomId, String rtoken) {}

    Answer invite(Connection c, Fields data) {
        Place at = Place.of(c);
        String inviteId = data.optionalText("inviteId", 64);
        if (!inviteId.isEmpty() && !Invitation.isId(inviteId))
            throw Fields.bad("inviteId has other characters than letters, digits and . _ : -");
        return Answer.of(calls.invite(
                c.session().who(),
                at.roomId(),
                at.me(),
                new CallService.Wanted(
                        inviteId,
                        data.text("uid", 256),
                        data.json("extra", 4 * 1024),
                        data.number("timeoutSeconds", 30, 5, 120),
                        data.flag("audio", true),
                        data.flag("video", true)),
                Place.step(c, data)));
    }

    Answer cancelInvite(Connection c, Fields data) {
        calls.cancel(c.session().who(), data.text("inviteId", 64));
        return Answer.DONE;
    }

    Answer replyInvite(Connection c, Fields data) {
        Invitation answered = calls.reply(c.session().who(), data.text("inviteId", 64), data.flag("accept"));
        return answered.state() == Invitation.State.ACCEPTED
                ? Answer.of(new Accepted(answered.roomId(), answered.rtoken()))
                : Answer.DONE;
    }

    Answer startRecording(Connection c, Fields data) {
        Place at = Place.of(c);
        Place.need(c.session().who(), Scope.RECORD);
        var wanted = new RecordingService.Wanted(
                param(data.node("param")),
                data.optionalText("thirdId", 128),
                data.optionalText("filePath", 512),
                data.optionalText("name", 256));
        return Answer.of(recordings.start(at.roomId(), at.me(), wanted, Place.step(c, data)));
    }

    private RecordParam param(JsonNode node) {
        if (node == null) return RecordParam.DEFAULTS;
        if (!node.isObject()) throw Fields.bad("param is not an object");
        try {
            return mapper.treeToValue(node, RecordParam.class);
        } catch (JsonProcessingException | IllegalArgumentException _) {
            throw new RefusedException(ErrorCode.RECORDING_PARAMETER, "param has a field of the wrong type.");
        }
    }

    Answer stopRecording(Connection c, Fields data) {
        Place at = Place.of(c);
        recordings.stop(at.roomId(), at.me(), data.text("recordId", 64));
        return Answer.DONE;
    }

    Answer pauseRecording(Connection c, Fields data) {
        Place at = Place.of(c);
        recordings.pause(at.roomId(), at.me(), data.text("recordId", 64));
        return Answer.DONE;
    }

    Answer resumeRecording(Connection c, Fields data) {
        Place at = Place.of(c);
        recordings.resume(at.roomId(), at.me(), data.text("recordId", 64));
        return Answer.DONE;
    }

    /** In a room or not: the file is there only after the call. A signature, if given, has to be one of the record id in place of the uid (MRTC-SIG-09). */
    Answer recordingInfo(Connection c, Fields data) {
        Identity who = c.session().who();
        Place.need(who, Scope.RECORD);
        String recordId = data.text("recordId", 64);
        if (data.has("signature")) {
            SignatureCheck signature = SessionRequests.signature(data.object("signature"));
            if (!signature.uid().equals(recordId) || !signature.bizName().equals(who.bizName()))
                throw new RefusedException(ErrorCode.SIGNATURE_INVALID);
            callers.bySignature(signature, "");
        }
        return Answer.of(recordings.view(who.bizName(), recordId));
    }

    /** In a room or not. */
    Answer listRecordings(Connection c, Fields data) {
        Identity who = c.session().who();
        Place.need(who, Scope.RECORD);
        return Answer.of(archive.list(
                who,
                new RecordingQuery(
                        who.bizName(),
                        data.optionalText("roomId", 64),
                        data.optionalText("starterUid", 256),
                        data.optionalText("name", 256),
                        data.whole("fromMs"),
                        data.whole("toMs"),
                        data.number("page", 0, 0, 1_000_000),
                        data.number("size", 100, 1, LISTED_MAX))));
    }

    /** In a room or not; all or none of them. */
    Answer deleteRecordings(Connection c, Fields data) {
        Identity who = c.session().who();
        Place.need(who, Scope.RECORD);
        Set<String> recordIds = data.texts("recordIds", 64, LISTED_MAX);
        if (recordIds.isEmpty()) throw Fields.bad("recordIds is missing");
        archive.delete(who, List.copyOf(recordIds));
        return Answer.DONE;
    }

    Answer startPlayback(Connection c, Fields data) {
        Place at = Place.of(c);
        Place.need(c.session().who(), Scope.PUBLISH);
        return Answer.of(playbacks.start(
                at.roomId(),
                at.me(),
                data.optionalText("file", 512),
                data.number("timeoutSeconds", 5, 1, 60),
                data.flag("loop", false),
                Place.step(c, data)));
    }

    Answer stopPlayback(Connection c, Fields data) {
        Place at = Place.of(c);
        playbacks.stop(at.roomId(), at.me(), data.text("vodId", 64));
        return Answer.DONE;
    }
}
