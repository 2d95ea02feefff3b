package dev.parley.signaling.api.ws;

import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.SignatureCheck;
import dev.parley.signaling.api.Callers;
import dev.parley.signaling.api.Snapshot;
import dev.parley.signaling.app.CallService;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.app.SessionService;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.Documents;
import io.quarkus.websockets.next.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** connect, resume, ping, bye. */
@ApplicationScoped
class SessionRequests {
    private final Callers callers;
    private final SessionService sessions;
    private final RoomService rooms;
    private final CallService calls;
    private final Hub hub;
    private final Settings settings;
    private final Documents documents;
    private final Clock clock;

    SessionRequests(
            Callers callers,
            SessionService sessions,
            RoomService rooms,
            CallService calls,
            Hub hub,
            Settings settings,
            Documents documents,
            Clock clock) {
        this.callers = callers;
        this.sessions = sessions;
        this.rooms = rooms;
        this.calls = calls;
        this.hub = hub;
        this.settings = settings;
        this.documents = documents;
        this.clock = clock;
    }

    private record Connected(
            String sessionId,
            String resumeToken,
            String uid,
            String displayName,
            int heartbeatSeconds,
            int graceSeconds,
            long serverTimeMs) {}

    private record Resumed(String roomId, String participantId, Snapshot snapshot) {}

    private record Pong(long serverTimeMs) {}

    Answer connect(Connection c, Fields data) {
        refuseSecond(c);
        Identity who = identify(data);
        var opened = sessions.open(who);
        return new Answer(
                new Connected(
                        opened.session().id(),
                        opened.resumeToken(),
                        who.uid(),
                        who.displayName(),
                        settings.heartbeatSeconds(),
                        settings.graceSeconds(),
                        clock.millis()),
                () -> {
                    hub.signIn(c, opened.session());
                    showInvitations(c, opened.session());
                });
    }

    private Identity identify(Fields data) {
        if (data.has("token")) return callers.byToken(data.text("token", 8_192));
        if (!data.has("signature")) throw Fields.bad("token or signature is missing");
        return callers.bySignature(signature(data.object("signature")), data.optionalText("displayName", 128));
    }

    static SignatureCheck signature(Fields data) {
        return new SignatureCheck(
                data.text("bizName", 128),
                data.optionalText("appId", 128),
                data.optionalText("workspaceId", 128),
                data.text("uid", 256),
                data.text("signature", 8_192));
    }

    Answer resume(Connection c, Fields data) {
        refuseSecond(c);
        long lastSeq = data.whole("lastSeq");
        Session session = sessions.resume(data.text("sessionId", 64), data.text("resumeToken", 128));
        RoomState room = session.roomId().isEmpty() ? null : room(session.roomId());
        if (room == null || room.participant(session.participantId()) == null)
            return new Answer(new Resumed("", "", null), () -> {
                hub.signIn(c, session);
                showInvitations(c, session);
            });
        boolean whole = lastSeq == 0
                || lastSeq > room.seq()
                || room.seq() - lastSeq > settings.limits().resumeBehind();
        String me = session.participantId();
        long from = whole ? room.seq() : lastSeq;
        return new Answer(new Resumed(room.roomId(), me, whole ? Snapshot.of(room, me, settings) : null), () -> {
            hub.signIn(c, session);
            hub.enter(c, room.roomId(), me, from);
            hub.catchUp(room.roomId());
            showInvitations(c, session);
        });
    }

    private RoomState room(String roomId) {
        try {
            return rooms.get(roomId);
        } catch (RefusedException _) {
            return null;
        }
    }

    Answer ping() {
        return Answer.of(new Pong(clock.millis()));
    }

    Answer bye(Connection c) {
        Session session = c.session();
        hub.signOff(c);
        try {
            sessions.end(session.id());
        } catch (RefusedException e) {
            hub.signIn(c, session);
            throw e;
        }
        return new Answer(Answer.DONE.data(), () -> {
            hub.closed(c);
            c.session(null);
            c.closeWhenWritten(CloseReason.NORMAL);
        });
    }

    private void showInvitations(Connection c, Session session) {
        for (var shown : calls.ringing(session.who())) c.signal(shown.roomId(), "invited", documents.write(shown));
    }

    private static void refuseSecond(Connection c) {
        if (c.session() != null) throw Fields.bad("this connection has a session already");
    }
}
