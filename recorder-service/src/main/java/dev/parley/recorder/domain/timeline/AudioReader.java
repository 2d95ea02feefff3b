package dev.parley.recorder.domain.timeline;

import dev.parley.rtp.payload.OpusPacket;
import io.netty.buffer.Unpooled;

/**
 * Cuts Opus into runs without gaps. Short gaps (losses, silence that was not sent) are filled with packets of the table-of-contents byte
 * alone, which a decoder conceals (RFC 6716 section 3.2.1: a frame of length 0). Long gaps end the run; so does drift between the
 * publisher's sampling clock and its wall clock, so that hours stay in sync.
 */
final class AudioReader implements TrackReader {
    private static final int GAP_SAMPLES_MAX = 2 * OpusPacket.CLOCK_RATE;
    private static final long DRIFT_US_MAX = 20_000;

    private final Track track;
    private final RunSink sink;
    private final SequenceSorter<MediaPacket> sorter = new SequenceSorter<>((packet, _) -> sorted(packet));
    private boolean open;
    private long startUs;
    private long startTicks;
    private long written;
    private byte lastToc;

    AudioReader(Track track, RunSink sink) {
        this.track = track;
        this.sink = sink;
    }

    @Override
    public void push(int sequence, long atUs, MediaPacket packet) {
        sorter.push(sequence, atUs, packet);
    }

    @Override
    public void pause(long atUs) {
        sorter.restart();
        if (open) end();
    }

    @Override
    public long lostPackets() {
        return sorter.lost();
    }

    private void sorted(MediaPacket packet) {
        int samples = OpusPacket.samples(Unpooled.wrappedBuffer(packet.payload()));
        if (samples == 0) return; // not Opus: a decoder would refuse the whole run
        if (open) {
            long gap = packet.ticks() - startTicks - written;
            if (gap < 0 && gap > -GAP_SAMPLES_MAX) {
                if (gap <= -samples) return; // heard already
            } else if (gap < 0 || gap > GAP_SAMPLES_MAX || drifted(packet)) {
                end();
            } else {
                conceal(gap);
            }
        }
        if (!open) begin(packet);
        write(packet.payload(), samples);
        lastToc = packet.payload()[0];
    }

    private void begin(MediaPacket packet) {
        open = true;
        startTicks = packet.ticks();
        startUs = track.timeUs(startTicks);
        written = 0;
        sink.audioBegan(track, startUs);
    }

    private boolean drifted(MediaPacket packet) {
        long byRun = startUs + (packet.ticks() - startTicks) * 1_000 / (OpusPacket.CLOCK_RATE / 1_000);
        return Math.abs(track.timeUs(packet.ticks()) - byRun) > DRIFT_US_MAX;
    }

    private void conceal(long gap) {
        byte[] nothing = {(byte) (lastToc & 0xFC)}; // same configuration, one frame, of length 0
        int samples = OpusPacket.samples(Unpooled.wrappedBuffer(nothing));
        for (long left = gap; left >= samples; left -= samples) write(nothing, samples);
    }

    private void write(byte[] packet, int samples) {
        sink.audioPacket(track, packet, samples);
        written += samples;
    }

    private void end() {
        open = false;
        sink.audioEnded(track);
    }
}
