package dev.parley.signaling.api.ws;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.api.Snapshot;
import dev.parley.signaling.app.Ids;
import dev.parley.signaling.app.RoomService;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.Decision;
import dev.parley.signaling.domain.EndReason;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.LeaveReason;
import dev.parley.signaling.domain.Outcome;
import dev.parley.signaling.domain.ParticipantKind;
import dev.parley.signaling.domain.Role;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Step;
import dev.parley.signaling.domain.port.Documents;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Rooms: coming, going, ruling, talking. */
@ApplicationScoped
class RoomRequests {
    private static final int TEXT_BYTES_MAX = 16 * 1024;
    private static final int PAYLOAD_CHARS_MAX = 64 * 1024;
    private static final int EXTRA_CHARS_MAX = 4 * 1024;
    private static final int CAPACITY_DEFAULT = 50;

    private final RoomService rooms;
    private final Hub hub;
    private final Settings settings;
    private final Documents documents;
    private final Clock clock;

    RoomRequests(RoomService rooms, Hub hub, Settings settings, Documents documents, Clock clock) {
        this.rooms = rooms;
        this.hub = hub;
        this.settings = settings;
        this.documents = documents;
        this.clock = clock;
    }

    record Created(String roomId, String rtoken) {
        static Created of(Decision decision) {
            return new Created(decision.next().roomId(), decision.next().info().rtoken());
        }
    }

    private record JoinedAs(String participantId) {}

    private record Sent(String msgId, long seq) {}

    Answer create(Connection c, Fields data) {
        Identity who = c.session().who();
        String roomId = data.optionalText("roomId", 64);
        if (!who.room().isEmpty()) {
            if (roomId.isEmpty()) roomId = who.room();
            if (!roomId.equals(who.room())) throw new RefusedException(ErrorCode.NOT_ALLOWED);
        }
        Outcome outcome = rooms.create(
                new RoomService.NewRoom(
                        roomId,
                        data.optionalText("name", 128),
                        data.number(
                                "capacity",
                                CAPACITY_DEFAULT,
                                1,
                                settings.limits().capacityMax()),
                        data.optionalText("pin", 64),
                        data.flag("record", false),
                        data.flag("endWhenEmpty", false),
                        who.bizName(),
                        who.uid()),
                Place.step(c, data).answering(Created::of));
        return Answer.of(
                outcome.repeated() != null
                        ? documents.read(outcome.repeated(), Created.class)
                        : Created.of(outcome.decision()));
    }

    Answer join(Connection c, Fields data) {
        String roomId = data.text("roomId", 64);
        data.number("envType", 0, 0, 1); // MRTC-AMB-17: of two back ends once; both are this one
        String made = Ids.make("p");
        Step step = Place.step(c, data)
                .answering(_ -> new JoinedAs(made))
                .entering(c.session().id(), made);
        Outcome outcome = rooms.execute(
                roomId,
                new RoomCommand.Join(
                        c.session().who(),
                        made,
                        ParticipantKind.MEMBER,
                        "parley",
                        data.optionalText("rtoken", 128),
                        data.optionalText("pin", 64),
                        data.json("extra", EXTRA_CHARS_MAX),
                        clock.millis()),
                step);
        String me = outcome.repeated() == null
                ? made
                : documents.read(outcome.repeated(), JoinedAs.class).participantId();
        RoomState room = outcome.after();
        if (room.participant(me) == null) throw new RefusedException(ErrorCode.NOT_IN_ROOM);
        return new Answer(Snapshot.of(room, me, settings), () -> hub.enter(c, roomId, me, room.seq()));
    }

    Answer leave(Connection c) {
        Place at = Place.of(c);
        rooms.execute(at.roomId(), new RoomCommand.Leave(at.me(), LeaveReason.LEFT, clock.millis()));
        return new Answer(Answer.DONE.data(), () -> hub.exit(c));
    }

    Answer lock(Connection c, Fields data) {
        return plain(c, data, new RoomCommand.Lock(Place.of(c).me(), data.flag("locked")));
    }

    Answer end(Connection c) {
        Place at = Place.of(c);
        rooms.execute(at.roomId(), new RoomCommand.End(at.me(), EndReason.ENDED, clock.millis()));
        return Answer.DONE;
    }

    Answer kick(Connection c, Fields data) {
        data.optionalText("reason", 256);
        return plain(c, data, new RoomCommand.Kick(Place.of(c).me(), data.text("participantId", 64), clock.millis()));
    }

    Answer setRole(Connection c, Fields data) {
        return plain(
                c,
                data,
                new RoomCommand.SetRole(
                        Place.of(c).me(), data.text("participantId", 64), data.choice("role", Role.class, null)));
    }

    Answer sendText(Connection c, Fields data) {
        Place at = Place.of(c);
        String text = data.text("text", TEXT_BYTES_MAX);
        if (text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX)
            throw Fields.bad("text is longer than " + TEXT_BYTES_MAX + " bytes");
        String msgId = Ids.make("m");
        return sent(
                c,
                data,
                at,
                msgId,
                new RoomCommand.SendText(
                        at.me(),
                        msgId,
                        text,
                        data.texts("to", 64, 1_000),
                        data.has("clientMsgId") ? data.text("clientMsgId", 64) : null,
                        data.has("clientSentAtMs") ? data.whole("clientSentAtMs") : null,
                        clock.millis()));
    }

    Answer sendCommand(Connection c, Fields data) {
        Place at = Place.of(c);
        if (!data.has("payload")) throw Fields.bad("payload is missing");
        String msgId = Ids.make("m");
        return sent(
                c,
                data,
                at,
                msgId,
                new RoomCommand.SendCommand(
                        at.me(),
                        msgId,
                        data.json("payload", PAYLOAD_CHARS_MAX),
                        data.texts("to", 64, 1_000),
                        clock.millis()));
    }

    private Answer sent(Connection c, Fields data, Place at, String msgId, RoomCommand command) {
        Outcome outcome = rooms.execute(
                at.roomId(),
                command,
                Place.step(c, data)
                        .answering(decision -> new Sent(msgId, decision.next().seq())));
        return Answer.of(
                outcome.repeated() != null
                        ? documents.read(outcome.repeated(), Sent.class)
                        : new Sent(msgId, outcome.after().seq()));
    }

    private Answer plain(Connection c, Fields data, RoomCommand command) {
        rooms.execute(Place.of(c).roomId(), command, Place.step(c, data));
        return Answer.DONE;
    }
}
