package dev.parley.vod.player;

import dev.parley.contracts.playback.PlaybackEvent;
import dev.parley.vod.Node;
import dev.parley.vod.domain.Announcements;
import dev.parley.vod.domain.Playback;
import dev.parley.vod.domain.PlaybackStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells Kafka what the database says, until it is acknowledged: one virtual thread, so the events of a playback keep their order. At least
 * once; a state that was left before its event was sent may be skipped (playing), a final one never is.
 */
@ApplicationScoped
public class Announcer {
    private static final Logger LOG = Logger.getLogger(Announcer.class);
    private static final int SWEEP_SECONDS = 2;

    private final Node node;
    private final PlaybackStore store;
    private final Announcements out;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopped;
    private Thread thread;

    Announcer(Node node, PlaybackStore store, Announcements out) {
        this.node = node;
        this.store = store;
        this.out = out;
    }

    void start() {
        thread = Thread.ofVirtual().name("announcer").start(() -> {
            while (!stopped) {
                try {
                    if (work.tryAcquire(SWEEP_SECONDS, TimeUnit.SECONDS)) work.drainPermits();
                    sweep();
                } catch (InterruptedException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.warnf("events wait: %s", e.getMessage());
                }
            }
        });
    }

    /** There is something to tell. Any thread. */
    void wake() {
        work.release();
    }

    /** Tells everything that is waiting. Not reentrant: the announcer's thread, or the one that has stopped it. */
    void sweep() {
        for (Playback playback : store.unannounced(node.id())) {
            out.announce(new PlaybackEvent(
                    playback.vodId(), playback.roomId(), playback.feedId(), playback.state(), playback.message()));
            store.announced(playback.vodId(), playback.state());
        }
    }

    /** Ends the thread after its present turn. */
    void stop() throws InterruptedException {
        stopped = true;
        work.release();
        if (thread != null) thread.join();
    }
}
