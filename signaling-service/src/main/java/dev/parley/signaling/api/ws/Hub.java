package dev.parley.signaling.api.ws;

import dev.parley.contracts.RefusedException;
import dev.parley.signaling.app.Beans;
import dev.parley.signaling.app.SessionService;
import dev.parley.signaling.app.Settings;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.LogSink;
import dev.parley.signaling.domain.port.RoomLog;
import dev.parley.signaling.domain.port.Sessions;
import dev.parley.signaling.domain.port.Sockets;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The sockets of this copy: by session, by user and by room. Thread-safe. */
@ApplicationScoped
public class Hub implements LogSink, Sockets {
    private static final Logger LOG = Logger.getLogger(Hub.class);

    private record User(String bizName, String uid) {}

    private final RoomLog log;
    private final Sessions sessionStore;
    private final SessionService sessions;
    private final Beans.Instance instance;
    private final Settings settings;
    private final Clock clock;
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final Map<String, Connection> bySession = new ConcurrentHashMap<>();
    private final Map<User, Connection> byUser = new ConcurrentHashMap<>();
    private final Map<String, RoomFeed> rooms = new ConcurrentHashMap<>();
    /** Sessions whose socket is gone and of which the store could not be told yet. */
    private final Set<Session> untold = ConcurrentHashMap.newKeySet();

    private volatile Thread watch;

    Hub(
            RoomLog log,
            Sessions sessionStore,
            SessionService sessions,
            Beans.Instance instance,
            Settings settings,
            Clock clock) {
        this.log = log;
        this.sessionStore = sessionStore;
        this.sessions = sessions;
        this.instance = instance;
        this.settings = settings;
        this.clock = clock;
    }

    int size() {
        return all.size();
    }

    void opened(Connection connection) {
        all.add(connection);
    }

    /** The session's socket is this one now; an older one of it here is told so and closed. */
    void signIn(Connection connection, Session session) {
        connection.session(session);
        byUser.put(new User(session.who().bizName(), session.who().uid()), connection);
        Connection older = bySession.put(session.id(), connection);
        if (older != null && older != connection) drop(older);
        if (!all.contains(connection)) {
            forget(connection, session);
            lost(session);
        }
    }

    /** The session is about to end by its client's wish: from now on nobody else tells this socket that it is gone. */
    void signOff(Connection connection) {
        forget(connection, connection.session());
    }

    /** The socket is gone. Returns the session that it had, or null. */
    Session closed(Connection connection) {
        all.remove(connection);
        Session session = connection.session();
        exit(connection);
        if (session != null) forget(connection, session);
        return session;
    }

    /** The socket of this session is gone; told to the store now, or as soon as it can be. */
    void lost(Session session) {
        untold.add(session);
        tellLosses();
    }

    private void tellLosses() {
        for (Session session : untold) {
            try {
                sessions.lost(session);
                untold.remove(session);
            } catch (RefusedException e) {
                LOG.debugf("session %s: its loss is noted later: %s", session.id(), e.getMessage());
                return;
            }
        }
    }

    private void forget(Connection connection, Session session) {
        bySession.remove(session.id(), connection);
        byUser.remove(new User(session.who().bizName(), session.who().uid()), connection);
    }

    private void drop(Connection connection) {
        Session session = connection.session();
        exit(connection);
        if (session != null) forget(connection, session);
        connection.gone();
    }

    /** @param from pushes above this seq are its */
    void enter(Connection connection, String roomId, String participantId, long from) {
        rooms.compute(roomId, (id, feed) -> {
            RoomFeed now = feed == null ? new RoomFeed(id, log, from) : feed;
            now.add(connection, participantId, from);
            return now;
        });
        // The socket may have closed while the request was worked on; then nobody else takes it out.
        if (!all.contains(connection)) {
            exit(connection);
            if (connection.session() != null) lost(connection.session());
        }
    }

    void exit(Connection connection) {
        String roomId = connection.roomId();
        connection.leave();
        if (!roomId.isEmpty()) rooms.computeIfPresent(roomId, (_, feed) -> feed.remove(connection) ? null : feed);
    }

    /** Reads what this copy may not have seen of the room's log. */
    void catchUp(String roomId) {
        RoomFeed feed = rooms.get(roomId);
        Long seq = feed == null ? null : log.lastSeq(List.of(roomId)).get(roomId);
        if (seq != null) feed.catchUp(seq);
    }

    @Override
    public void committed(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            try {
                logged(entry);
            } catch (RuntimeException e) {
                LOG.warnf("event %s/%d comes later: %s", entry.roomId(), entry.seq(), e.getMessage());
            }
        }
    }

    @Override
    public void logged(LogEntry entry) {
        RoomFeed feed = rooms.get(entry.roomId());
        if (feed != null) feed.take(entry);
    }

    @Override
    public void toRoom(String roomId, String type, String data) {
        RoomFeed feed = rooms.get(roomId);
        if (feed != null) for (Connection c : feed.members()) c.signal(roomId, type, data);
    }

    @Override
    public void toParticipant(String roomId, String participantId, String type, String data) {
        RoomFeed feed = rooms.get(roomId);
        if (feed == null) return;
        for (Connection c : feed.members()) if (c.participantId().equals(participantId)) c.signal(roomId, type, data);
    }

    @Override
    public void toUser(String bizName, String uid, String type, String roomId, String data) {
        Connection c = byUser.get(new User(bizName, uid));
        if (c != null) c.signal(roomId, type, data);
    }

    @Override
    public void sessionGone(String sessionId, int epochBelow) {
        Connection c = bySession.get(sessionId);
        Session session = c == null ? null : c.session();
        if (session != null && session.epoch() < epochBelow) drop(c);
    }

    void start(@Observes StartupEvent event) {
        watch = Thread.ofVirtual().name("watch sockets").start(() -> {
            while (true) {
                try {
                    Thread.sleep(settings.sweepMs());
                    watch();
                } catch (InterruptedException _) {
                    return;
                } catch (RuntimeException e) {
                    LOG.warnf("watching the sockets failed: %s", e.toString());
                }
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) watch.interrupt();
    }

    private void watch() {
        long now = clock.millis();
        long silentMs = settings.heartbeatSeconds() * 3_000L;
        for (Connection c : all) if (now - c.heardAtMs() > silentMs) c.closeSilent();
        tellLosses();
        log.lastSeq(rooms.keySet()).forEach((roomId, seq) -> {
            RoomFeed feed = rooms.get(roomId);
            if (feed != null) feed.catchUp(seq);
        });
        reconcile();
    }

    /** Sockets whose session the store does not count as ours: taken back when the store thought us dead, else closed. */
    private void reconcile() {
        if (bySession.isEmpty()) return;
        var here = Map.copyOf(bySession);
        var owned = new HashMap<String, Integer>();
        for (Session session : sessionStore.ownedBy(instance.id())) owned.put(session.id(), session.epoch());
        here.forEach((id, connection) -> {
            Session session = connection.session();
            if (session == null || bySession.get(id) != connection) return;
            Integer epoch = owned.get(id);
            if (epoch != null && epoch == session.epoch()) return;
            if (!sessions.reclaim(id, session.epoch())) drop(connection);
        });
    }
}
