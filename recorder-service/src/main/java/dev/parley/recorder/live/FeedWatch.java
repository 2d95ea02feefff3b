package dev.parley.recorder.live;

import dev.parley.contracts.media.MediaKind;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Sees which feeds are heard, which fall silent without having said so, and what about their pictures the business should know. One thread
 * feeds it, another may ask {@link #silent}.
 */
final class FeedWatch {
    /** A live camera or microphone sends at least this often, even a still or silent one. */
    static final long SILENT_NANOS = 5_000_000_000L;

    private static final int TRACKS_MAX = 4_096;

    record Feed(String feedId, String uid) {}

    /** Called on the thread that reads the tap. */
    interface Heard {
        /** Once per feed, at its first packet. {@code atMs}: when that arrived at the relay. */
        void first(Feed feed, long atMs);

        /** How many feeds have a picture: once when the tap begins, and whenever there are more. */
        void pictures(int count, boolean atStart);

        /** Once per picture, when its size is known. {@code atStart}: it was in the room when the recording began. */
        void size(Feed feed, int width, int height, boolean atStart);

        /** A camera shows fewer than {@link PictureWatch#SLOW_PER_SECOND} pictures a second; once until it is faster again. */
        void slow(Feed feed, double perSecond);
    }

    private final class Watched implements PictureWatch.Seen {
        private final Feed feed;
        private final boolean atStart;
        private final PictureWatch picture;
        private boolean quiet;
        private boolean warned;
        private volatile long lastNanos;

        private Watched(TrackEvent event) {
            this.feed = new Feed(event.feed().feedId(), event.feed().uid());
            this.atStart = beginning;
            this.picture = event.kind() == MediaKind.VIDEO ? new PictureWatch(event, this) : null;
        }

        @Override
        public void size(int width, int height) {
            heard.size(feed, width, height, atStart);
        }

        @Override
        public void slow(double perSecond) {
            heard.slow(feed, perSecond);
        }
    }

    private final Heard heard;
    private final LongSupplier clock;
    private final Map<Long, Watched> tracks = new HashMap<>();
    private final Set<String> reported = new HashSet<>();
    private boolean beginning;
    private int pictures;
    private volatile long lastPacketNanos;

    /**
     * @param beginning whether the recording begins with this tap, and is not taken up again
     * @param clock     nanoseconds from any fixed origin, as {@link System#nanoTime}
     */
    FeedWatch(Heard heard, boolean beginning, LongSupplier clock) {
        this.heard = heard;
        this.beginning = beginning;
        this.clock = clock;
        this.lastPacketNanos = clock.getAsLong();
    }

    synchronized void track(TrackEvent event) {
        if (event.feed() == null) return;
        if (TrackEvent.ENDED.equals(event.event())) {
            tracks.remove(event.ssrc());
            pictures = Math.min(pictures, countPictures());
            return;
        }
        if (tracks.size() >= TRACKS_MAX && !tracks.containsKey(event.ssrc())) return;
        var watched = tracks.computeIfAbsent(event.ssrc(), _ -> new Watched(event));
        watched.quiet = event.muted();
        watched.warned = false;
        watched.lastNanos = 0;
        if (watched.picture != null) watched.picture.restart();
        if (!beginning) tellPictures(false);
    }

    /** The tap has told all tracks that were there when it was opened. */
    synchronized void allTold() {
        if (!beginning) return;
        beginning = false;
        tellPictures(true);
    }

    private void tellPictures(boolean atStart) {
        int count = countPictures();
        if (count > pictures) heard.pictures(count, atStart);
        pictures = count;
    }

    private int countPictures() {
        return (int) tracks.values().stream()
                .filter(watched -> watched.picture != null && !watched.quiet)
                .map(watched -> watched.feed.feedId)
                .distinct()
                .count();
    }

    /** @param packet whole, at least 12 bytes. @param atMs the relay's wall clock at its arrival */
    synchronized void packet(ByteBuf packet, long atMs) {
        long now = clock.getAsLong();
        lastPacketNanos = now;
        Watched watched = tracks.get(packet.getUnsignedInt(packet.readerIndex() + 8));
        if (watched == null) return;
        watched.lastNanos = now;
        watched.warned = false;
        if (reported.add(watched.feed.feedId)) heard.first(watched.feed, atMs);
        if (watched.picture != null) watched.picture.packet(packet, atMs);
    }

    /** The tap is not open: nobody can be heard, and nobody is to blame. */
    synchronized void closed() {
        for (Watched watched : tracks.values()) {
            watched.lastNanos = 0;
            if (watched.picture != null) watched.picture.restart();
        }
    }

    /** Feeds with a track that was heard, is not muted and has sent nothing for 5 s; each once per silence. */
    synchronized List<Feed> silent() {
        long now = clock.getAsLong();
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
        lastPacketNanos = clock.getAsLong();
    }

    long nanosSinceLastPacket() {
        return clock.getAsLong() - lastPacketNanos;
    }
}
