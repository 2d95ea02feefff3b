package dev.parley.recorder.domain.timeline;

import dev.parley.recorder.domain.journal.EpochNote;
import dev.parley.recorder.domain.journal.JournalRecord;
import dev.parley.recorder.domain.journal.RecordType;
import dev.parley.recorder.domain.journal.SegmentHeader;
import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.ClockMark;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns journal records into calls with one time line: the relay's monotonic clock of an epoch is pinned to the wall clock by the epoch's
 * first TIME mark and not moved again, so that a stepped wall clock bends nothing. Not thread safe.
 */
public final class JournalPlayer {
    /** A journal with more epochs than this is not one of ours; the rest is read as the last one. */
    private static final int EPOCHS_MAX = 10_000;

    private static final class Epoch {
        private final int number;
        private boolean pinned;
        private long wallMinusRelayUs;

        private Epoch(int number) {
            this.number = number;
        }
    }

    private final Map<String, Epoch> epochs = new HashMap<>();
    private final TapVisitor visitor;
    private Epoch epoch;
    private long segmentWallUs;
    private long lastUs;

    public JournalPlayer(TapVisitor visitor) {
        this.visitor = visitor;
    }

    /** Before the records of a segment. */
    public void begin(SegmentHeader header) {
        segmentWallUs = header.wallMs() * 1000;
        if (lastUs == 0) lastUs = segmentWallUs;
        epoch = epoch(header.epoch());
    }

    public void play(JournalRecord journaled) {
        if (journaled.type() == null) return;
        byte[] payload = journaled.payload();
        switch (journaled.type()) {
            case RTP -> {
                lastUs = wallUs(journaled);
                visitor.onRtp(epoch.number, lastUs, Unpooled.wrappedBuffer(payload));
            }
            case RTCP -> visitor.onRtcp(epoch.number, wallUs(journaled), Unpooled.wrappedBuffer(payload));
            case TRACK -> {
                TrackEvent event = AppPackets.readTrack(Unpooled.wrappedBuffer(payload));
                if (event != null && event.feed() != null) visitor.onTrack(epoch.number, wallUs(journaled), event);
            }
            case TIME -> {
                ClockMark mark = AppPackets.readTime(Unpooled.wrappedBuffer(payload));
                if (mark != null && !epoch.pinned) pin(mark.wallMs() * 1000 - mark.us());
            }
            case EPOCH -> epoch = epoch(EpochNote.decode(payload).epoch());
            case PAUSE -> visitor.onPause(journaled.timeUs() < 0 ? lastUs : wallUs(journaled));
            case RESUME -> visitor.onResume(wallUs(journaled));
            case STOP -> visitor.onStop(wallUs(journaled));
            case GAP, SEALED, END -> {}
        }
    }

    private Epoch epoch(String name) {
        Epoch known = epochs.get(name);
        if (known != null) return known;
        if (epochs.size() >= EPOCHS_MAX) return epoch;
        var added = new Epoch(epochs.size());
        epochs.put(name, added);
        return added;
    }

    private long wallUs(JournalRecord journaled) {
        if (!epoch.pinned) {
            if (journaled.type() == RecordType.TRACK) return segmentWallUs;
            pin(segmentWallUs - journaled.timeUs()); // no TIME came first: the recorder's own clock must do
        }
        return journaled.timeUs() + epoch.wallMinusRelayUs;
    }

    private void pin(long wallMinusRelayUs) {
        epoch.pinned = true;
        epoch.wallMinusRelayUs = wallMinusRelayUs;
    }
}
