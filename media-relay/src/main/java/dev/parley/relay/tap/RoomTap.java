package dev.parley.relay.tap;

import dev.parley.relay.domain.TapSink;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A room's tap: written by the room's loop, read by any number of {@link TapCursor}s on their own threads. It buffers while somebody reads and
 * for {@link #LINGER_NS} after, so that a reader that comes back misses nothing; then the numbering (epoch) ends.
 */
public final class RoomTap implements TapSink {
    static final long LINGER_NS = 30_000_000_000L;
    /** A reader that comes back within this time finds everything, memory permitting: 8 s are promised. */
    static final long KEEP_US = 10_000_000L;

    private static final int TAGS_MAX = 4_096;
    private static final int ENDED_MAX = 256;
    private static final int OTHER_TAG = 0;

    /** A track that a reader may have to be told of. @param endIndex frames before it may be the track's; Long.MAX_VALUE while it lives */
    record Known(TrackEvent event, long endIndex) {}

    /** What readers see; replaced as a whole when a numbering ends. */
    record Run(String epoch, TapRing ring) {}

    private final int bytesMax;
    private final AtomicInteger readers = new AtomicInteger();
    private final Map<String, Integer> tagIds = new HashMap<>();
    private final ByteBuf app = Unpooled.buffer(1024, 60_000);
    private volatile String[] tags = {""};
    private volatile List<Known> tracks = List.of();
    private volatile Run run;
    private volatile boolean wanted;
    private volatile boolean closed;
    private long lastReadNs;
    private long nowUs;

    public RoomTap(int bytesMax) {
        this.bytesMax = bytesMax;
        this.run = freshRun();
    }

    private Run freshRun() {
        return new Run(UUID.randomUUID().toString(), new TapRing(bytesMax, KEEP_US, 0, wallMinusMonoMs()));
    }

    // ---- the room's loop

    @Override
    public void onTrack(TrackEvent event) {
        List<Known> now = new ArrayList<>(tracks);
        boolean ended = event.event().equals(TrackEvent.ENDED);
        now.removeIf(k -> k.event().ssrc() == event.ssrc());
        now.add(new Known(event, ended ? run.ring().nextIndex() : Long.MAX_VALUE));
        long oldest = run.ring().head().firstIndex;
        now.removeIf(k -> k.endIndex() <= oldest);
        if (now.stream().filter(k -> k.endIndex() != Long.MAX_VALUE).count() > ENDED_MAX)
            now.remove(now.stream()
                    .filter(k -> k.endIndex() != Long.MAX_VALUE)
                    .findFirst()
                    .orElseThrow());
        tracks = List.copyOf(now);
        if (!wanted) return;
        AppPackets.write(app.clear(), event);
        run.ring().append(TapRing.TRACK, tag(event.feed().tag()), nowUs, app, wallMinusMonoMs());
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public void onRtp(String tag, ByteBuf packet, long nowNs) {
        append(tag, packet, nowNs);
    }

    @Override
    public void onRtcp(String tag, ByteBuf compound, long nowNs) {
        append(tag, compound, nowNs);
    }

    private void append(String tag, ByteBuf packet, long nowNs) {
        nowUs = nowNs / 1_000;
        run.ring().append(TapRing.FRAME, tag(tag), nowUs, packet, wallOffset);
    }

    /** Often enough: gives old frames up, and ends the buffering when nobody has read for long. */
    public void tick(long nowNs) {
        nowUs = nowNs / 1_000;
        wallOffset = wallMinusMonoMs();
        if (readers.get() > 0) {
            lastReadNs = nowNs;
        } else if (wanted && nowNs - lastReadNs > LINGER_NS) {
            wanted = false;
            run = freshRun();
        }
        run.ring().expire(nowUs);
    }

    private long wallOffset = wallMinusMonoMs();

    private static long wallMinusMonoMs() {
        return System.currentTimeMillis() - System.nanoTime() / 1_000_000;
    }

    private int tag(String tag) {
        Integer known = tagIds.get(tag);
        if (known != null) return known;
        if (tags.length == TAGS_MAX) return OTHER_TAG;
        String[] more = java.util.Arrays.copyOf(tags, tags.length + 1);
        more[tags.length] = tag;
        tagIds.put(tag, tags.length);
        tags = more;
        return more.length - 1;
    }

    public void close() {
        closed = true;
    }

    // ---- readers

    /** Opens a reader, on the room's loop; {@link TapCursor#close} must follow, on any thread. @param from first index wanted, -1 = from now on; @param epoch "" = anew */
    public TapCursor open(String tagPrefix, String epoch, long from) {
        readers.incrementAndGet();
        wanted = true;
        Run now = run;
        boolean resumes = from >= 0 && now.epoch().equals(epoch);
        return new TapCursor(this, now, tagPrefix, resumes ? from : -1);
    }

    void closeReader() {
        readers.decrementAndGet();
    }

    public int readers() {
        return readers.get();
    }

    List<Known> tracks() {
        return tracks;
    }

    String tagOf(int id) {
        return tags[id];
    }

    boolean closed() {
        return closed;
    }
}
