package dev.parley.recorder.domain.journal;

import dev.parley.rtp.framed.AppPackets;
import dev.parley.rtp.framed.ClockMark;
import dev.parley.rtp.framed.FrameGap;
import io.netty.buffer.Unpooled;

/** Follows a journal to the place from which its tap is to be resumed. Not thread safe. */
public final class JournalCursor {
    private String epoch = "";
    private long nextFrame = -1;

    public void begin(SegmentHeader header) {
        epoch = header.epoch();
        nextFrame = header.nextFrame();
    }

    public void follow(JournalRecord journaled) {
        if (journaled.type() == null) return;
        switch (journaled.type()) {
            case RTP, RTCP -> nextFrame++;
            case TIME -> {
                ClockMark mark = AppPackets.readTime(Unpooled.wrappedBuffer(journaled.payload()));
                if (mark != null) nextFrame = mark.index();
            }
            case GAP -> {
                FrameGap gap = AppPackets.readGap(Unpooled.wrappedBuffer(journaled.payload()));
                if (gap != null) nextFrame = gap.to();
            }
            case EPOCH -> {
                EpochNote note = EpochNote.decode(journaled.payload());
                epoch = note.epoch();
                nextFrame = note.nextFrame();
            }
            case PAUSE -> { // what was said meanwhile is not to be asked for
                epoch = "";
                nextFrame = -1;
            }
            case TRACK, STOP, RESUME, SEALED, END -> {}
        }
    }

    /** "" when the tap was never open, or is to be opened at the present. */
    public String epoch() {
        return epoch;
    }

    /** -1 when the tap was never open, or is to be opened at the present. */
    public long nextFrame() {
        return nextFrame;
    }
}
