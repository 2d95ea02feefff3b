package dev.parley.relay.tap;

import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.Frames;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** One reader's place in a room's tap: turns the ring's entries into the frames of docs/internals.md. For one thread. */
public final class TapCursor implements AutoCloseable {
    private static final long TIME_STEP_US = 1_000;
    private static final long NONE = Long.MIN_VALUE;

    private final RoomTap tap;
    private final RoomTap.Run run;
    private final String tagPrefix;
    private final ByteBuf app = Unpooled.buffer(256, 60_000);
    private TapRing.Chunk chunk;
    private int at;
    private long index;
    private final long firstIndex;
    private long toldUs = NONE;
    private long toldIndex = NONE;
    private boolean tracksDue = true;

    TapCursor(RoomTap tap, RoomTap.Run run, String tagPrefix, long from) {
        this.tap = tap;
        this.run = run;
        this.tagPrefix = tagPrefix;
        TapRing ring = run.ring();
        long next = ring.nextIndex();
        place(ring.head());
        long wanted = from < 0 || from > next ? next : Math.max(from, index);
        seek(wanted);
        this.firstIndex = index;
    }

    private void place(TapRing.Chunk start) {
        chunk = start;
        at = 0;
        index = start.firstIndex;
    }

    private void seek(long wanted) {
        while (index < wanted) {
            TapRing.Chunk next = chunk.next;
            if (at < chunk.limit) {
                if (chunk.bytes.getByte(at + 4) == TapRing.FRAME) index++;
                at += TapRing.HEAD_BYTES + chunk.bytes.getInt(at);
            } else if (next != null) {
                chunk = next;
                at = 0;
            } else if (chunk.evicted) {
                place(run.ring().head());
            } else {
                return;
            }
        }
    }

    public String epoch() {
        return run.epoch();
    }

    /** Index of the first frame that comes. */
    public long firstIndex() {
        return firstIndex;
    }

    /** True when the room has closed and everything was given. */
    public boolean ended() {
        return tap.closed() && at >= chunk.limit && chunk.next == null;
    }

    /**
     * Appends frames until the buffer holds {@code bytesWanted} or nothing is left; never waits. Answers whether there was anything.
     *
     * @param out grows by at most 64 KiB beyond {@code bytesWanted}
     */
    public boolean read(ByteBuf out, int bytesWanted) {
        int before = out.readableBytes();
        if (tracksDue) tellTracks(out);
        while (out.readableBytes() < bytesWanted && step(out)) {
            // each step appends one entry, or moves to the next chunk
        }
        return out.readableBytes() > before;
    }

    /** Appends a TIME frame although no frame follows: a sign of life. @param nowUs the monotonic clock */
    public void tellTime(ByteBuf out, long nowUs) {
        time(out, nowUs);
    }

    private boolean step(ByteBuf out) {
        TapRing.Chunk next = chunk.next; // before the limit: what is read as complete then is
        if (at < chunk.limit) {
            entry(out);
            return true;
        }
        if (next != null) {
            chunk = next;
            at = 0;
            return true;
        }
        if (!chunk.evicted) return false;
        skipTo(run.ring().head(), out);
        return true;
    }

    /** The reader was too slow: what lies between is lost to it. */
    private void skipTo(TapRing.Chunk head, ByteBuf out) {
        long lostFrom = index;
        place(head);
        if (index > lostFrom) {
            AppPackets.writeGap(app.clear(), lostFrom, index);
            Frames.append(out, app);
        }
        tellTracks(out);
    }

    private void entry(ByteBuf out) {
        ByteBuf bytes = chunk.bytes;
        int length = bytes.getInt(at);
        boolean frame = bytes.getByte(at + 4) == TapRing.FRAME;
        boolean mine = tap.tagOf(bytes.getUnsignedShort(at + 5)).startsWith(tagPrefix);
        long us = bytes.getLong(at + 7);
        int start = at + TapRing.HEAD_BYTES;
        at = start + length;
        long frameIndex = frame ? index++ : index;
        if (!mine) return;
        if (frame) {
            if (us - toldUs >= TIME_STEP_US || toldUs == NONE || frameIndex != toldIndex) time(out, us, frameIndex);
            toldIndex = frameIndex + 1;
        }
        out.writeShort(length);
        out.writeBytes(bytes, start, length);
    }

    private void time(ByteBuf out, long us) {
        time(out, us, index);
    }

    private void time(ByteBuf out, long us, long nextIndex) {
        AppPackets.writeTime(app.clear(), us, us / 1_000 + chunk.wallMinusMonoMs, nextIndex);
        Frames.append(out, app);
        toldUs = us;
        toldIndex = nextIndex;
    }

    private void tellTracks(ByteBuf out) {
        tracksDue = false;
        for (RoomTap.Known known : tap.tracks()) {
            if (known.endIndex() <= index || !known.event().feed().tag().startsWith(tagPrefix)) continue;
            AppPackets.write(
                    app.clear(),
                    known.event().as(TrackEvent.STARTED, known.event().muted()));
            Frames.append(out, app);
        }
    }

    @Override
    public void close() {
        tap.closeReader();
    }
}
