package dev.parley.recorder.live;

import dev.parley.rtp.framed.TrackEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sees which feeds are heard, and which fall silent without having said so. One thread feeds it, another may ask {@link #silent}.
 */
final class FeedWatch {
    /** A live camera or microphone sends at least this often, even a still or silent one. */
    static final long SILENT_NANOS = 5_000_000_000L;

    private static final int TRACKS_MAX = 4_096;

    /** Called once per feed, at its first packet, on the thread that reads the tap. {@code atMs}: when that arrived at the relay. */
    interface Heard {
        void feed(String feedId, String uid, long atMs);
    }

    record Feed(String feedId, String uid) {}

    private static final class Watched {
        private final Feed feed;
        private boolean quiet;
        private boolean warned;
        private volatile long lastNanos;

        private Watched(Feed feed) {
            this.feed = feed;
        }
    }

    private final Heard heard;
    private final Map<Long, Watched> tracks = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private volatile long lastPacketNanos = System.nanoTime();

    FeedWatch(Heard heard) {
        this.heard = heard;
    }

    synchronized void track(TrackEvent event) {
        if (event.feed() == null) return;
        if (TrackEvent.ENDED.equals(event.event())) {
            tracks.remove(event.ssrc());
            return;
        }
        if (tracks.size() >= TRACKS_MAX && !tracks.containsKey(event.ssrc())) return;
        var watched = tracks.computeIfAbsent(
                event.ssrc(),
                _ -> new Watched(new Feed(event.feed().feedId(), event.feed().uid())));
        watched.quiet = event.muted();
        watched.warned = false;
        watched.lastNanos = 0;
    }

    /** @param atMs the relay's wall clock at the packet's arrival */
    synchronized void packet(long ssrc, long atMs) {
        long now = System.nanoTime();
        lastPacketNanos = now;
        Watched watched = tracks.get(ssrc);
        if (watched == null) return;
        watched.lastNanos = now;
        watched.warned = false;
        if (reported.add(watched.feed.feedId)) heard.feed(watched.feed.feedId, watched.feed.uid, atMs);
    }

    /** The tap is not open: nobody can be heard, and nobody is to blame. */
    synchronized void closed() {
        for (Watched watched : tracks.values()) watched.lastNanos = 0;
    }

    /** Feeds with a track that was heard, is not muted and has sent nothing for 5 s; each once per silence. */
    synchronized List<Feed> silent() {
        long now = System.nanoTime();
        var silent = new ArrayList<Feed>();
        for (Watched watched : tracks.values()) {
            boolean lost = watched.lastNanos != 0
                    && !watched.quiet
                    && !watched.warned
                    && now - watched.lastNanos > SILENT_NANOS;
            if (!lost) continue;
            watched.warned = true;
            if (!silent.contains(watched.feed)) silent.add(watched.feed);
        }
        return silent;
    }

    /** The time for which nobody was listened to does not count. */
    void resumed() {
        lastPacketNanos = System.nanoTime();
    }

    long nanosSinceLastPacket() {
        return System.nanoTime() - lastPacketNanos;
    }
}
