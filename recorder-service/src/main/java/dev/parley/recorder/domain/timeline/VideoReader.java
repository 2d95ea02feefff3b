package dev.parley.recorder.domain.timeline;

import dev.parley.rtp.payload.EncodedFrame;
import dev.parley.rtp.payload.VideoDepacketizer;
import io.netty.buffer.Unpooled;

/**
 * Cuts video into runs: at key frames that change the size or come after a long silence, and where the track pauses. A silence without a
 * key frame behind it stays in the run (the picture stands still), because only the same decoder can go on.
 */
final class VideoReader implements TrackReader {
    /** A still picture is shown this long after its last frame; then its place is black until the next key frame. */
    static final long HOLD_US = 5_000_000;

    private final Track track;
    private final VideoDepacketizer depacketizer;
    private final RunSink sink;
    private final SequenceSorter<MediaPacket> sorter = new SequenceSorter<>(this::sorted);
    private boolean open;
    private int width;
    private int height;
    private long lastUs;

    VideoReader(Track track, VideoDepacketizer depacketizer, RunSink sink) {
        this.track = track;
        this.depacketizer = depacketizer;
        this.sink = sink;
    }

    @Override
    public void push(int sequence, long atUs, MediaPacket packet) {
        sorter.push(sequence, atUs, packet);
    }

    @Override
    public void pause(long atUs) {
        sorter.restart();
        depacketizer.flush(this::frame);
        if (open) end(atUs);
    }

    @Override
    public long lostPackets() {
        return sorter.lost();
    }

    private void sorted(MediaPacket packet, boolean lossBefore) {
        if (packet.payload().length == 0) return; // padding, sent to measure bandwidth
        depacketizer.push(
                Unpooled.wrappedBuffer(packet.payload()), packet.ticks(), packet.marker(), lossBefore, this::frame);
    }

    private void frame(EncodedFrame frame) {
        long timeUs = track.timeUs(frame.timestamp());
        if (open && frame.key() && (changesSize(frame) || timeUs - lastUs > HOLD_US)) end(timeUs);
        if (!open) {
            if (!frame.key() || frame.width() == 0) return;
            open = true;
            width = frame.width();
            height = frame.height();
            sink.videoBegan(track, width, height, timeUs);
        } else {
            timeUs = Math.max(timeUs, lastUs + 1);
        }
        lastUs = timeUs;
        sink.videoFrame(track, timeUs, frame.data());
    }

    private boolean changesSize(EncodedFrame frame) {
        return frame.width() != width || frame.height() != height;
    }

    private void end(long atUs) {
        open = false;
        sink.videoEnded(track, Math.clamp(atUs, lastUs, lastUs + HOLD_US));
    }
}
