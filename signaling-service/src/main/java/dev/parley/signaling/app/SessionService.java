package dev.parley.signaling.app;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.signaling.domain.Identity;
import dev.parley.signaling.domain.LeaveReason;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.Sessions;
import dev.parley.signaling.domain.port.Signals;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Sessions: opened by connect, carried over from socket to socket by resume, ended by bye or the grace time. */
@ApplicationScoped
public class SessionService {
    private final Sessions store;
    private final RoomService rooms;
    private final Signals signals;
    private final Beans.Instance instance;
    private final Settings settings;
    private final Clock clock;

    SessionService(
            Sessions store,
            RoomService rooms,
            Signals signals,
            Beans.Instance instance,
            Settings settings,
            Clock clock) {
        this.store = store;
        this.rooms = rooms;
        this.signals = signals;
        this.instance = instance;
        this.settings = settings;
        this.clock = clock;
    }

    public record Opened(Session session, String resumeToken) {}

    /** A session of the same user that is there already is over. */
    public Opened open(Identity who) {
        String id = Ids.make("s");
        String token = Ids.token();
        for (Session displaced : store.open(id, who, Ids.hash(token), instance.id())) {
            signals.sessionGone(displaced.id(), Integer.MAX_VALUE);
            bury(displaced, LeaveReason.LOST);
        }
        return new Opened(new Session(id, who, "", "", instance.id(), 1), token);
    }

    /** Errors: SESSION_GONE. */
    public Session resume(String id, String token) {
        Session session = store.resume(id, Ids.hash(token), instance.id())
                .orElseThrow(() -> new RefusedException(ErrorCode.SESSION_GONE));
        signals.sessionGone(id, session.epoch());
        back(session);
        return session;
    }

    /** Takes a session back whose copy, this one, was thought dead. False when it is over or elsewhere. */
    public boolean reclaim(String id, int epoch) {
        var reclaimed = store.reclaim(id, epoch, instance.id());
        reclaimed.ifPresent(this::back);
        return reclaimed.isPresent();
    }

    private void back(Session session) {
        if (!session.roomId().isEmpty())
            rooms.executeIfThere(session.roomId(), new RoomCommand.Regain(session.participantId()));
    }

    /** The socket of this session's epoch is gone. */
    public void lost(Session session) {
        store.lose(session.id(), session.epoch(), settings.graceSeconds() * 1_000L)
                .filter(now -> !now.roomId().isEmpty())
                .ifPresent(now -> rooms.executeIfThere(now.roomId(), new RoomCommand.Lose(now.participantId())));
    }

    /** The client says good-bye. */
    public void end(String id) {
        store.kill(id).ifPresent(session -> bury(session, LeaveReason.LEFT));
    }

    /** Takes a dead session out of its room, then away. Safe to repeat. */
    void bury(Session session, LeaveReason reason) {
        if (!session.roomId().isEmpty())
            rooms.executeIfThere(
                    session.roomId(), new RoomCommand.Leave(session.participantId(), reason, clock.millis()));
        store.bury(session.id());
    }
}
