package dev.parley.vod.player;

import dev.parley.vod.Node;
import dev.parley.vod.domain.PlaybackStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Start and end of this worker, and what it does every second. */
@ApplicationScoped
public class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(3);

    private final Node node;
    private final PlaybackStore store;
    private final Playbacks playbacks;
    private final Announcer announcer;
    private final BotClip bot;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("watch").factory());

    Worker(Node node, PlaybackStore store, Playbacks playbacks, Announcer announcer, BotClip bot) {
        this.node = node;
        this.store = store;
        this.playbacks = playbacks;
        this.announcer = announcer;
        this.bot = bot;
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("start").start(() -> {
            failFormerBoots();
            announcer.start();
            announcer.wake();
            bot.prepare();
        });
        clockwork.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
    }

    /** What this node played before it was started again plays no more. */
    void failFormerBoots() {
        try {
            int failed = store.failOtherBoots(
                    node.id(),
                    node.bootId(),
                    "The playback worker was started again.",
                    node.id(),
                    Clock.systemUTC().millis());
            if (failed > 0) LOG.infof("%d playbacks of a former boot are marked as failed", failed);
        } catch (RuntimeException e) {
            LOG.errorf(e, "playbacks of a former boot could not be marked as failed");
        }
    }

    private void watch() {
        try {
            playbacks.watch();
        } catch (RuntimeException e) {
            LOG.warnf("the store does not answer: %s", e.getMessage());
        }
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        clockwork.shutdownNow();
        playbacks.drain();
        playbacks.awaitNone(SHUTDOWN_WAIT);
        announcer.stop();
        announcer.sweep();
    }
}
