package dev.parley.vod.player;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.playback.StartPlayback;
import dev.parley.vod.Node;
import dev.parley.vod.VodConfig;
import dev.parley.vod.domain.Ingress;
import dev.parley.vod.domain.MediaKey;
import dev.parley.vod.domain.MediaStore;
import dev.parley.vod.domain.Playback;
import dev.parley.vod.domain.PlaybackCommand;
import dev.parley.vod.domain.PlaybackState;
import dev.parley.vod.domain.PlaybackStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The playbacks of this worker: at most {@code parley.vod.playbacks-max} at a time. Thread safe, blocking. */
@ApplicationScoped
public class Playbacks {
    private static final Logger LOG = Logger.getLogger(Playbacks.class);
    private static final int MESSAGE_CHARS_MAX = 512;

    private final Node node;
    private final VodConfig config;
    private final PlaybackStore store;
    private final MediaStore files;
    private final BotClip bot;
    private final Announcer announcer;
    private final Player.Tools tools;
    private final MeterRegistry meters;
    private final Timer firstPacket;
    private final ConcurrentMap<String, Player> active = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Thread> threads = new ConcurrentHashMap<>();
    private final AtomicInteger reserved = new AtomicInteger();
    private volatile boolean draining;

    Playbacks(
            Node node,
            VodConfig config,
            PlaybackStore store,
            MediaStore files,
            BotClip bot,
            Announcer announcer,
            Ffmpeg ffmpeg,
            Ingress ingress,
            PipeMeters pipes,
            MeterRegistry meters) {
        this.node = node;
        this.config = config;
        this.store = store;
        this.files = files;
        this.bot = bot;
        this.announcer = announcer;
        this.tools = new Player.Tools(ffmpeg, ingress, pipes, Clock.systemUTC());
        this.meters = meters;
        this.firstPacket = Timer.builder("parley.vod.first.packet")
                .description("From the request to the first packet at the relay")
                .register(meters);
        meters.gauge("parley.vod.playing", active, ConcurrentMap::size);
    }

    /**
     * Starts a playback, or answers the one that has this vodId already. Returns before the first packet: what becomes of it comes as an event.
     * Refuses with PLAYBACK_FILE (not in the store), NO_NODE (this worker is full), UNAVAILABLE.
     */
    public Playback start(StartPlayback request) {
        var known = store.find(request.vodId());
        if (known.isPresent()) return known.get();
        String key = MediaKey.toPlay(request.file());
        if (!key.equals(MediaKey.BOT) && files.find(key).isEmpty())
            throw new RefusedException(ErrorCode.PLAYBACK_FILE, key + " is not in the store.");
        if (draining || reserved.incrementAndGet() > config.playbacksMax()) {
            if (!draining) reserved.decrementAndGet();
            throw new RefusedException(ErrorCode.NO_NODE, "This playback worker is full.");
        }
        try {
            return begin(request, key);
        } catch (RuntimeException e) {
            reserved.decrementAndGet();
            throw e;
        }
    }

    private Playback begin(StartPlayback request, String key) {
        long nowMs = tools.clock().millis();
        var player = new Player(request, () -> address(key), tools, next -> changed(request.vodId(), next, nowMs));
        var playback = new Playback(
                request.vodId(),
                request.roomId(),
                request.feed().feedId(),
                key,
                player.state().wireName(),
                "",
                node.id(),
                node.bootId());
        if (!store.insert(playback, nowMs)) { // somebody was faster with the same vodId
            reserved.decrementAndGet();
            return store.find(request.vodId()).orElseThrow();
        }
        active.put(request.vodId(), player);
        var thread = Thread.ofVirtual().name("play-" + request.vodId()).unstarted(() -> {
            try {
                player.run();
            } finally {
                active.remove(request.vodId());
                threads.remove(request.vodId());
                reserved.decrementAndGet();
            }
        });
        threads.put(request.vodId(), thread);
        thread.start();
        return playback;
    }

    private URI address(String key) {
        if (key.equals(MediaKey.BOT)) bot.ensure();
        return files.readUrl(key);
    }

    private void changed(String vodId, PlaybackState next, long askedMs) {
        LOG.infof("playback %s is %s %s", vodId, next.wireName(), next.message());
        long nowMs = tools.clock().millis();
        if (next instanceof PlaybackState.Playing) firstPacket.record(Duration.ofMillis(nowMs - askedMs));
        meters.counter("parley.vod.playbacks", "state", next.wireName()).increment();
        try {
            if (store.move(vodId, cut(next), nowMs)) announcer.wake();
        } catch (RuntimeException e) {
            // The row stays behind; the next start of this worker, or Watch, corrects it.
            LOG.errorf(e, "playback %s: its state %s could not be stored", vodId, next.wireName());
        }
    }

    private static PlaybackState cut(PlaybackState state) {
        if (state instanceof PlaybackState.Failed(var message) && message.length() > MESSAGE_CHARS_MAX)
            return new PlaybackState.Failed(message.substring(0, MESSAGE_CHARS_MAX));
        return state;
    }

    /** Ends a playback wherever it plays; nothing happens when it has ended. Refuses with PLAYBACK_NOT_FOUND. */
    public Playback stop(String vodId) {
        Player player = active.get(vodId);
        if (player != null) player.tell(new PlaybackCommand.Stop());
        else store.askStop(vodId); // another copy's, or ended already: then nothing is written
        return find(vodId);
    }

    /** Refuses with PLAYBACK_NOT_FOUND. */
    public Playback find(String vodId) {
        return store.find(vodId).orElseThrow(() -> new RefusedException(ErrorCode.PLAYBACK_NOT_FOUND));
    }

    public List<Playback> ofRoom(String roomId) {
        return store.ofRoom(roomId);
    }

    public int count() {
        return active.size();
    }

    public boolean draining() {
        return draining;
    }

    /** Stops those that another copy was asked to stop or has declared ended. Called every second; asks the database only when something plays. */
    void watch() {
        if (active.isEmpty()) return;
        for (String vodId : store.watch(active.keySet())) {
            Player player = active.get(vodId);
            if (player != null) player.tell(new PlaybackCommand.Stop());
        }
    }

    /** A relay is lost: its TCP connections may hang for long, its playbacks need not. */
    public void relayLost(String nodeId, String bootId) {
        for (Player player : active.values())
            if (player.uses(nodeId, bootId))
                player.tell(new PlaybackCommand.IngressLost("The room's media server was lost."));
    }

    /** Another worker is lost: says so for its playbacks. Every copy hears of it; the first one writes. */
    public void workerLost(String nodeId, String bootId) {
        if (bootId.equals(node.bootId())) return;
        int failed = store.failBoot(
                nodeId,
                bootId,
                "The playback worker was lost.",
                node.id(),
                tools.clock().millis());
        if (failed > 0) announcer.wake();
    }

    /** Takes nothing new and fails what plays, so that its rooms hear of it now. */
    void drain() {
        draining = true;
        for (Player player : active.values())
            player.tell(new PlaybackCommand.WorkerLost("The playback worker was shut down."));
    }

    /** Waits until nothing plays, or the time is over. */
    void awaitNone(Duration atMost) throws InterruptedException {
        long untilNs = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads.values()) {
            long restMs = (untilNs - System.nanoTime()) / 1_000_000;
            if (restMs > 0) thread.join(restMs);
        }
    }

    /** For tests that need to hurt it; 0 when there is none. */
    long ffmpegPid(String vodId) {
        Player player = active.get(vodId);
        return player == null ? 0 : player.ffmpegPid();
    }
}
