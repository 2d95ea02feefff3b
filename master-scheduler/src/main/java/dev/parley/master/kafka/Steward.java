package dev.parley.master.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.RefusedException;
import dev.parley.master.domain.HeartbeatLink;
import dev.parley.master.domain.NodeChange;
import dev.parley.master.domain.NodeChanges;
import dev.parley.master.domain.NodeWatch;
import dev.parley.master.domain.Now;
import dev.parley.master.domain.Registry;
import dev.parley.master.store.PgNodeStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The one thread that drives {@link NodeWatch}: reads heartbeats, sweeps, reconciles, publishes. Faults are logged and the round is tried again. */
@ApplicationScoped
public class Steward implements HeartbeatLink, NodeChanges {
    private static final Logger LOG = Logger.getLogger(Steward.class);
    private static final long RECONCILE_EVERY_MS = 1_000;
    private static final long PRUNE_EVERY_MS = 3_600_000;
    private static final long LEFT_BEHIND_MS = 2_000;
    private static final long SEND_SECONDS = 5;
    private static final long PAUSE_MS = 500;

    private final NodeWatch watch;
    private final PgNodeStore store;
    private final NodeEvents events;
    private final ObjectMapper json;
    private final MeterRegistry meters;
    private final String bootstrapServers;
    private volatile boolean stopping;
    private volatile boolean linkUp;
    private volatile HeartbeatLog log;
    private Thread thread;
    private long reconciledMs = Long.MIN_VALUE / 2;
    private long prunedMs;

    Steward(
            NodeWatch watch,
            Registry registry,
            PgNodeStore store,
            NodeEvents events,
            ObjectMapper json,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.watch = watch;
        this.store = store;
        this.events = events;
        this.json = json;
        this.meters = meters;
        this.bootstrapServers = bootstrapServers;
        meters.gauge("parley.master.nodes", registry, r -> r.candidates().size());
        meters.gauge("parley.master.heartbeats.link", this, s -> s.linkUp ? 1 : 0);
    }

    @Override
    public boolean linkUp() {
        return linkUp;
    }

    void onStart(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("steward").daemon().start(this::run);
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        var open = log;
        if (open != null) open.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(3));
    }

    private void run() {
        while (!stopping) {
            try (var opened = new HeartbeatLog(bootstrapServers, json)) {
                log = opened;
                while (!stopping) round(opened);
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (KafkaException e) {
                LOG.debugf("heartbeats cannot be read (%s); trying again", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOG.error("a round of the node watch failed; trying again", e);
                pause();
            }
            tellLink(watch.linkUp(now()));
        }
    }

    private void tellLink(boolean up) {
        if (up && !linkUp) LOG.info("heartbeats are read as they are written");
        if (!up && linkUp)
            LOG.warn("heartbeats cannot be read as they are written: until they can, nobody is declared lost");
        linkUp = up;
    }

    private void round(HeartbeatLog opened) {
        try {
            opened.poll(
                    now().monoMs(), beat -> publish(watch.heard(beat, now())), asOfMs -> watch.proved(asOfMs, now()));
            var now = now();
            tellLink(watch.linkUp(now));
            publish(watch.sweep(now));
            if (now.monoMs() - reconciledMs >= RECONCILE_EVERY_MS) {
                reconciledMs = now.monoMs();
                publish(watch.reconcile(now));
                publish(store.unpublished(now.wallMs() - LEFT_BEHIND_MS));
            }
            if (now.monoMs() - prunedMs >= PRUNE_EVERY_MS) {
                prunedMs = now.monoMs();
                store.prune(now.wallMs());
            }
        } catch (RefusedException e) { // the database is away: what was not written is found again by reconcile
            pause();
        }
    }

    /** What cannot be sent stays in the table, and is found there once it is old enough. */
    @Override
    public void publish(List<NodeChange> changes) {
        for (var change : changes) {
            LOG.infof(
                    "node %s boot %s: %s", change.node().nodeId(), change.node().bootId(), change.type());
            meters.counter("parley.master.node.changes", "type", change.type().name())
                    .increment();
            try {
                events.send(change, System.currentTimeMillis())
                        .toCompletableFuture()
                        .get(SEND_SECONDS, TimeUnit.SECONDS);
                store.published(change);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf(
                        "could not publish change %d of node %s yet",
                        change.id(), change.node().nodeId());
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Now now() {
        return new Now(System.nanoTime() / 1_000_000, System.currentTimeMillis());
    }
}
