package dev.parley.recorder.live;

import dev.parley.recorder.domain.journal.EpochNote;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.ClockMark;
import dev.parley.rtp.framed.FrameGap;
import dev.parley.rtp.framed.TapHandler;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes what a tap says into a journal, as it came. Knows no codec. Not every TIME mark is kept, since each record has its own time: one a
 * second, and those that move the frame index. On the thread that reads the tap.
 */
final class TapJournal implements TapHandler {
    private static final long MARK_EVERY_US = 1_000_000;
    private static final long FLUSH_NANOS = 100_000_000;

    private final JournalWriter writer;
    private final FeedWatch feeds;
    private final ByteBuf app = Unpooled.buffer(1024);
    private String epoch = "";
    private long nextFrame;
    private long markedUs;
    private ClockMark lastMark;
    private String pinnedEpoch = "";
    private long wallMinusRelayUs;
    private boolean resuming;
    private long lastMarkNanos;
    private long flushedNanos;

    TapJournal(JournalWriter writer, FeedWatch feeds) {
        this.writer = writer;
        this.feeds = feeds;
    }

    /** The tap was opened, for the first time or again. */
    void opened(String epoch, long nextFrame) throws IOException {
        this.epoch = epoch;
        this.nextFrame = nextFrame;
        markedUs = Long.MIN_VALUE;
        writer.cursor(epoch, nextFrame);
        writer.append(RecordType.EPOCH, 0, ByteBuffer.wrap(new EpochNote(epoch, nextFrame).encode()));
    }

    @Override
    public void onRtp(long index, long us, ByteBuf packet) throws IOException {
        frame(RecordType.RTP, index, us, packet);
        if (packet.readableBytes() < 12) return;
        feeds.packet(packet, (us + wallMinusRelayUs) / 1000);
    }

    @Override
    public void onRtcp(long index, long us, ByteBuf compound) throws IOException {
        frame(RecordType.RTCP, index, us, compound);
    }

    private void frame(RecordType type, long index, long us, ByteBuf packet) throws IOException {
        writer.cursor(epoch, index);
        writer.append(type, us, packet.nioBuffer());
        nextFrame = index + 1;
        breathe();
    }

    @Override
    public void onTrack(TrackEvent event) throws IOException {
        app.clear();
        AppPackets.write(app, event);
        writer.cursor(epoch, nextFrame);
        writer.append(RecordType.TRACK, lastMark == null ? 0 : lastMark.us(), app.nioBuffer());
        feeds.track(event);
    }

    @Override
    public void onTime(ClockMark mark) throws IOException {
        lastMark = mark;
        lastMarkNanos = System.nanoTime();
        pin(mark);
        feeds.allTold();
        boolean due = markedUs == Long.MIN_VALUE || mark.us() - markedUs >= MARK_EVERY_US;
        if (due || mark.index() != nextFrame) {
            markedUs = mark.us();
            app.clear();
            AppPackets.writeTime(app, mark.us(), mark.wallMs(), mark.index());
            writer.cursor(epoch, nextFrame);
            writer.append(RecordType.TIME, mark.us(), app.nioBuffer());
            nextFrame = mark.index();
        }
        if (resuming) {
            resuming = false;
            writer.append(RecordType.RESUME, mark.us(), ByteBuffer.allocate(0));
        }
        breathe();
    }

    /** As the player of the journal will do it: what is reported now and what the film begins with are the same moment. */
    private void pin(ClockMark mark) {
        if (pinnedEpoch.equals(epoch)) return;
        pinnedEpoch = epoch;
        wallMinusRelayUs = mark.wallMs() * 1000 - mark.us();
    }

    @Override
    public void onGap(FrameGap gap) throws IOException {
        app.clear();
        AppPackets.writeGap(app, gap.from(), gap.to());
        writer.cursor(epoch, nextFrame);
        writer.append(RecordType.GAP, lastMark == null ? 0 : lastMark.us(), app.nioBuffer());
        nextFrame = gap.to();
    }

    /** The end of the film: now, by the relay's clock as far as it was heard. */
    void stopped() throws IOException {
        if (lastMark != null) writer.append(RecordType.STOP, nowUs(), ByteBuffer.allocate(0));
    }

    /** From now on nothing is of the film. */
    void paused() throws IOException {
        writer.append(RecordType.PAUSE, lastMark == null ? -1 : nowUs(), ByteBuffer.allocate(0));
        writer.cursor("", -1);
        writer.cut();
    }

    /** What the tap says next is of the film again. */
    void resuming() {
        resuming = true;
    }

    private long nowUs() {
        return lastMark.us() + (System.nanoTime() - lastMarkNanos) / 1000;
    }

    String epoch() {
        return epoch;
    }

    long nextFrame() {
        return nextFrame;
    }

    private void breathe() throws IOException {
        long now = System.nanoTime();
        if (now - flushedNanos < FLUSH_NANOS) return;
        flushedNanos = now;
        writer.tick();
    }
}
