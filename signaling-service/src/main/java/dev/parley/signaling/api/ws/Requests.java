package dev.parley.signaling.api.ws;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;

/** Which request is whose work. */
@ApplicationScoped
class Requests {
    private final SessionRequests sessions;
    private final RoomRequests rooms;
    private final MediaRequests media;
    private final FileRequests files;
    private final TaskRequests tasks;

    Requests(
            SessionRequests sessions, RoomRequests rooms, MediaRequests media, FileRequests files, TaskRequests tasks) {
        this.sessions = sessions;
        this.rooms = rooms;
        this.media = media;
        this.files = files;
        this.tasks = tasks;
    }

    Answer handle(Connection c, String type, Fields data) {
        if (type.equals("connect")) return sessions.connect(c, data);
        if (type.equals("resume")) return sessions.resume(c, data);
        if (c.session() == null) throw new RefusedException(ErrorCode.NOT_CONNECTED);
        return switch (type) {
            case "ping" -> sessions.ping();
            case "bye" -> sessions.bye(c);
            case "createRoom" -> rooms.create(c, data);
            case "joinRoom" -> rooms.join(c, data);
            case "leaveRoom" -> rooms.leave(c);
            case "lockRoom" -> rooms.lock(c, data);
            case "endRoom" -> rooms.end(c);
            case "kick" -> rooms.kick(c, data);
            case "setRole" -> rooms.setRole(c, data);
            case "sendText" -> rooms.sendText(c, data);
            case "sendCommand" -> rooms.sendCommand(c, data);
            case "offerFile" -> files.offer(c, data);
            case "sendFile" -> files.send(c, data);
            case "mute" -> media.mute(c, data);
            case "publish" -> media.publish(c, data);
            case "unpublish" -> media.unpublish(c, data);
            case "subscribe" -> media.subscribe(c, data);
            case "unsubscribe" -> media.unsubscribe(c, data);
            case "renegotiate" -> media.renegotiate(c, data);
            case "wish" -> media.wish(c, data);
            case "invite" -> tasks.invite(c, data);
            case "cancelInvite" -> tasks.cancelInvite(c, data);
            case "replyInvite" -> tasks.replyInvite(c, data);
            case "startRecording" -> tasks.startRecording(c, data);
            case "stopRecording" -> tasks.stopRecording(c, data);
            case "pauseRecording" -> tasks.pauseRecording(c, data);
            case "resumeRecording" -> tasks.resumeRecording(c, data);
            case "recordingInfo" -> tasks.recordingInfo(c, data);
            case "listRecordings" -> tasks.listRecordings(c, data);
            case "deleteRecordings" -> tasks.deleteRecordings(c, data);
            case "startPlayback" -> tasks.startPlayback(c, data);
            case "stopPlayback" -> tasks.stopPlayback(c, data);
            default -> throw new RefusedException(ErrorCode.UNKNOWN_TYPE);
        };
    }
}
