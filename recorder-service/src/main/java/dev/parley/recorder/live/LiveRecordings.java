package dev.parley.recorder.live;

import dev.parley.contracts.recording.RecordingState;
import dev.parley.recorder.Clockwork;
import dev.parley.recorder.Settings;
import dev.parley.recorder.domain.Recording;
import dev.parley.recorder.domain.RecordingCommand;
import dev.parley.recorder.domain.RecordingStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The recordings that run on this node. Their rows are leased: this node renews them, and takes up those that it had before a restart and
 * those whose node is gone. Thread safe.
 */
@ApplicationScoped
public class LiveRecordings {
    private static final Logger LOG = Logger.getLogger(LiveRecordings.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(3);

    private final Settings settings;
    private final RecordingStore store;
    private final LiveParts parts;
    private final Map<String, LiveRecording> running = new ConcurrentHashMap<>();
    private final Clockwork clockwork = new Clockwork("live");
    private boolean ownTaken;
    /** When the last sweep began, by {@link System#nanoTime}; 0 before the first. */
    private long sweptNs;

    private volatile boolean goingDown;

    LiveRecordings(Settings settings, RecordingStore store, LiveParts parts) {
        this.settings = settings;
        this.store = store;
        this.parts = parts;
    }

    void onStart(@Observes StartupEvent event) {
        clockwork.every(settings.sweep(), this::sweep);
    }

    /** Begins to record on this node. */
    public void start(Recording recording) {
        if (goingDown) return; // its lease runs out, and another node takes it
        var live = new LiveRecording(recording, parts);
        if (running.putIfAbsent(recording.recordId(), live) == null) live.start();
    }

    /** Ends the tap if it is on this node; wherever it is, its node sees the new state in its next sweep. */
    public void stop(String recordId) {
        LiveRecording live = running.get(recordId);
        if (live != null) live.stop();
    }

    /** Pauses or resumes, if it runs on this node; wherever it is, its node sees the new state in its next sweep. */
    public void turn(Recording turned) {
        LiveRecording live = running.get(turned.recordId());
        if (live != null) live.turn(turned.tap().turns());
    }

    public int count() {
        return running.size();
    }

    public long leaseUntilMs() {
        return System.currentTimeMillis() + settings.lease().toMillis();
    }

    private void sweep() {
        long nowMs = System.currentTimeMillis();
        long orphanedMs = nowMs - patience().toMillis();
        if (!ownTaken) {
            for (Recording mine : store.take(settings.nodeId(), true, nowMs, leaseUntilMs())) resume(mine);
            ownTaken = true;
        }
        for (Recording held : store.renew(settings.nodeId(), List.copyOf(running.keySet()), leaseUntilMs()))
            look(held, nowMs);
        running.values().removeIf(LiveRecording::isDone);
        for (Recording orphan : store.take(settings.nodeId(), false, orphanedMs, leaseUntilMs())) resume(orphan);
    }

    /**
     * How long a lease must have run out before this node takes the recording. On a machine that is too busy for our own sweeps the owner, if it is there as well,
     * lives and is only late: it gets another lease's time, or two would take the recording from each other in turn.
     */
    private Duration patience() {
        long nowNs = System.nanoTime();
        boolean late = sweptNs != 0 && nowNs - sweptNs > settings.lease().toNanos() / 2;
        sweptNs = nowNs;
        return late ? settings.lease() : Duration.ZERO;
    }

    private void resume(Recording recording) {
        if (running.containsKey(recording.recordId())) return;
        LOG.infof(
                "recording %s goes on here, run %d",
                recording.recordId(), recording.tap().run());
        start(recording);
    }

    private void look(Recording held, long nowMs) {
        LiveRecording live = running.get(held.recordId());
        if (live == null) return;
        boolean mine = held.tap().owner().equals(settings.nodeId());
        if (live.isLeaving()) {
            if (mine) takeUpAgain(held, live);
        } else if (!mine) {
            LOG.warnf(
                    "recording %s was taken by %s", held.recordId(), held.tap().owner());
            live.leave();
        } else if (!held.isLive()) {
            live.stop();
        } else {
            live.turn(held.tap().turns());
            watch(held, live, nowMs);
        }
    }

    /** The next one begins with what the present one has left on the disk, when that is at rest. */
    private void takeUpAgain(Recording held, LiveRecording leaving) {
        leaving.abandon();
        if (leaving.isDone() && running.remove(held.recordId(), leaving)) resume(held);
    }

    private void watch(Recording held, LiveRecording live, long nowMs) {
        boolean idle = held.state() != RecordingState.PAUSED
                && live.feeds().nanosSinceLastPacket() > settings.idleStop().toNanos();
        if (idle) LOG.warnf("recording %s: no media for %s, stopped", held.recordId(), settings.idleStop());
        var command = idle ? new RecordingCommand.Stop(nowMs) : new RecordingCommand.Tick(nowMs, live.trouble());
        if (idle || held.state() == RecordingState.STARTING) {
            parts.report(held.recordId(), command);
        }
        for (FeedWatch.Feed feed : live.feeds().silent()) {
            parts.report(held.recordId(), new RecordingCommand.StreamLost(feed.feedId(), feed.uid()));
        }
    }

    /** Journals stay on the disk as after a crash, only without an open segment; the next start goes on. */
    void onStop(@Observes @Priority(10) ShutdownEvent event) {
        goingDown = true;
        clockwork.stop();
        running.values().forEach(LiveRecording::abandon);
        try {
            for (LiveRecording live : running.values()) live.await(SHUTDOWN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
