package dev.parley.recorder.live;

import dev.parley.rtp.framed.TrackEvent;
import dev.parley.rtp.packet.RtpPacket;
import dev.parley.rtp.payload.EncodedFrame;
import dev.parley.rtp.payload.H264Depacketizer;
import dev.parley.rtp.payload.VideoDepacketizer;
import dev.parley.rtp.payload.Vp8Depacketizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;

/**
 * How large the pictures of one track are and how often they come. Looks at packets that are journaled already, so nothing it meets can cost
 * a recording anything; until the size is known it puts frames together (VP8, H.264), afterwards it counts markers. Not thread safe.
 */
final class PictureWatch {
    /** Fewer look like a slide show. A shared screen may stand still. */
    static final double SLOW_PER_SECOND = 5;
    /** Over which they are counted. */
    static final long WINDOW_MS = 10_000;
    /** A track that shows no key frame in so many packets is not asked any more. */
    private static final int LOOKS_MAX = 20_000;

    interface Seen {
        void size(int width, int height);

        void slow(double perSecond);
    }

    private final Seen seen;
    private final boolean counted;
    private final RtpPacket rtp = new RtpPacket();
    private VideoDepacketizer frames;
    private int looks;
    private long windowMs = -1;
    private int inWindow;
    private boolean slow;

    PictureWatch(TrackEvent track, Seen seen) {
        this.seen = seen;
        this.counted = !"screen".equals(track.feed().source());
        String fmtp = track.fmtp() == null ? "" : track.fmtp();
        this.frames = switch (String.valueOf(track.codec()).toUpperCase(Locale.ROOT)) {
            case "VP8" -> new Vp8Depacketizer();
            case "H264" -> new H264Depacketizer(fmtp);
            default -> null;
        };
    }

    /** @param atMs the relay's wall clock at the packet's arrival */
    void packet(ByteBuf packet, long atMs) {
        if (rtp.wrap(packet) != RtpPacket.Verdict.OK) return;
        if (frames != null) look(packet);
        if (counted && rtp.marker()) count(atMs);
    }

    /** What was counted so far says nothing any more: it was muted, or nobody listened. */
    void restart() {
        windowMs = -1;
    }

    private void look(ByteBuf packet) {
        frames.push(
                Unpooled.wrappedBuffer(packet.slice(rtp.payloadOffset(), rtp.payloadLength())),
                rtp.timestamp(),
                rtp.marker(),
                false,
                this::frame);
        if (++looks > LOOKS_MAX) frames = null;
    }

    private void frame(EncodedFrame frame) {
        if (!frame.key() || frame.width() == 0 || frames == null) return;
        frames = null;
        seen.size(frame.width(), frame.height());
    }

    private void count(long atMs) {
        if (windowMs < 0) {
            windowMs = atMs;
            inWindow = 0;
            return;
        }
        inWindow++;
        if (atMs - windowMs < WINDOW_MS) return;
        double perSecond = inWindow * 1_000.0 / (atMs - windowMs);
        boolean slowNow = perSecond < SLOW_PER_SECOND;
        if (slowNow && !slow) seen.slow(perSecond);
        slow = slowNow;
        windowMs = atMs;
        inWindow = 0;
    }
}
