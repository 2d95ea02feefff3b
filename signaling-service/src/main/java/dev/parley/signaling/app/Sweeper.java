package dev.parley.signaling.app;

import dev.parley.signaling.domain.LeaveReason;
import dev.parley.signaling.domain.LogEntry;
import dev.parley.signaling.domain.MediaPlace;
import dev.parley.signaling.domain.RoomCommand;
import dev.parley.signaling.domain.RoomState;
import dev.parley.signaling.domain.Session;
import dev.parley.signaling.domain.port.LogPublisher;
import dev.parley.signaling.domain.port.Media;
import dev.parley.signaling.domain.port.RoomLog;
import dev.parley.signaling.domain.port.Rooms;
import dev.parley.signaling.domain.port.Sessions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at deadlines, which are rows: every copy does, and rows that one is at are skipped by the others, so no copy is special. Each kind of
 * work has its own virtual thread, so that one that waits does not stop the sign of life.
 */
@ApplicationScoped
public class Sweeper {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int BATCH = 50;
    /** A log row that is unpublished for so long was left by a crash or by Kafka's absence. */
    private static final long LEFT_OVER_MS = 3_000;

    private static final int PUBLISH_BATCH = 500;
    private static final int PUBLISH_WAIT_SECONDS = 10;
    private static final long REMEMBER_MS = 24 * 60 * 60 * 1_000L;

    private final Sessions sessionStore;
    private final SessionService sessions;
    private final Rooms roomStore;
    private final RoomService rooms;
    private final CallService calls;
    private final FileService files;
    private final RoomLog log;
    private final LogPublisher publisher;
    private final Media media;
    private final Settings settings;
    private final Beans.Instance instance;
    private final Clock clock;
    private final List<Thread> threads = new ArrayList<>();
    private final Pulse pulse;
    private volatile CompletableFuture<Void> publishing = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    Sweeper(
            Sessions sessionStore,
            SessionService sessions,
            Rooms roomStore,
            RoomService rooms,
            CallService calls,
            FileService files,
            RoomLog log,
            LogPublisher publisher,
            Media media,
            Settings settings,
            Beans.Instance instance,
            Clock clock) {
        this.sessionStore = sessionStore;
        this.sessions = sessions;
        this.roomStore = roomStore;
        this.rooms = rooms;
        this.calls = calls;
        this.files = files;
        this.log = log;
        this.publisher = publisher;
        this.media = media;
        this.settings = settings;
        this.instance = instance;
        this.clock = clock;
        this.pulse = new Pulse(settings.copyStaleMs(), settings.graceSeconds() * 1_000L);
    }

    void start(@Observes StartupEvent event) {
        long every = settings.sweepMs();
        every("beat", Math.min(every, settings.copyStaleMs() / 3), this::beat);
        every("orphans", every, this::orphans);
        every("expired sessions", every, this::expired);
        every("empty rooms", every, this::emptyRooms);
        every("media to release", every * 5, this::mediaToRelease);
        every("invitations", every, calls::expire);
        every("unpublished events", every, this::unpublished);
        every("old events", every * 600, () -> log.forget(REMEMBER_MS));
        // Not at once: whoever has just started it waits for more than this.
        every("old files", every * 60, every * 600, () -> files.forget(clock.millis()));
    }

    /** What this copy held is looked after by the others from now on, without waiting for its silence. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        for (Thread thread : threads) thread.interrupt();
        try {
            sessionStore.leave(instance.id());
        } catch (RuntimeException e) {
            LOG.debugf("could not sign off: %s", e.getMessage());
        }
    }

    private void beat() {
        sessionStore.beat(instance.id());
        pulse.beat(monoMs());
    }

    private static long monoMs() {
        return System.nanoTime() / 1_000_000;
    }

    private void orphans() {
        if (!pulse.knowsOthers(monoMs())) return;
        for (Session orphan : sessionStore.orphans(settings.copyStaleMs(), settings.graceSeconds() * 1_000L, BATCH)) {
            if (!orphan.roomId().isEmpty())
                rooms.executeIfThere(orphan.roomId(), new RoomCommand.Lose(orphan.participantId()));
        }
    }

    private void expired() {
        if (!pulse.maySayLate(monoMs())) return;
        for (Session session : sessionStore.expired(BATCH)) sessions.bury(session, LeaveReason.LOST);
    }

    private void emptyRooms() {
        long now = clock.millis();
        for (String roomId : roomStore.emptySince(now - settings.emptyGraceSeconds() * 1_000L))
            rooms.executeIfThere(roomId, new RoomCommand.Tick(now));
    }

    private void mediaToRelease() {
        for (RoomState room : roomStore.mediaToRelease()) {
            MediaPlace place = room.media();
            if (place.isSet()) media.release(place, room.roomId());
            roomStore.mediaReleased(room.roomId());
        }
    }

    /** Until nothing is left or Kafka does not take it; what is published twice is dropped by its seq. */
    private void unpublished() {
        List<LogEntry> left;
        do {
            if (!publishing.isDone()) return; // what was handed over before still waits for the broker
            left = log.unpublished(LEFT_OVER_MS, PUBLISH_BATCH);
            publishing = CompletableFuture.allOf(left.stream()
                    .map(entry -> publisher.publish(entry).toCompletableFuture())
                    .toArray(CompletableFuture[]::new));
            try {
                publishing
                        .thenRun(() -> {})
                        .orTimeout(PUBLISH_WAIT_SECONDS, TimeUnit.SECONDS)
                        .join();
            } catch (CompletionException _) {
                return;
            }
            var byRoom = new HashMap<String, List<Long>>();
            for (LogEntry entry : left)
                byRoom.computeIfAbsent(entry.roomId(), _ -> new ArrayList<>()).add(entry.seq());
            byRoom.forEach(log::published);
        } while (left.size() == PUBLISH_BATCH);
    }

    private void every(String what, long ms, Runnable work) {
        every(what, 0, ms, work);
    }

    private void every(String what, long firstMs, long ms, Runnable work) {
        threads.add(Thread.ofVirtual().name("sweep " + what).start(() -> {
            boolean failing = false;
            try {
                Thread.sleep(firstMs);
                while (!stopping) {
                    try {
                        work.run();
                        failing = false;
                    } catch (RuntimeException e) {
                        if (!stopping && !failing) LOG.warnf("sweep of %s failed: %s", what, e.toString());
                        failing = true;
                    }
                    Thread.sleep(ms);
                }
            } catch (InterruptedException _) {
                // stopping
            }
        }));
    }
}
