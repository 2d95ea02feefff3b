package dev.parley.rtp.payload;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** VP8 frames out of RTP payloads (RFC 7741). A frame is the packets of one timestamp from S=1, PID=0 up to the marker. */
public final class Vp8Depacketizer implements VideoDepacketizer {
    private final Vp8Header header = new Vp8Header();
    private final FrameBuffer buffer = new FrameBuffer();
    private long timestamp;
    private boolean open;
    private boolean damaged;
    private int width;
    private int height;
    private long damagedFrames;

    @Override
    public void push(ByteBuf payload, long timestamp, boolean marker, boolean lossBefore, Consumer<EncodedFrame> sink) {
        if (open && timestamp != this.timestamp) {
            if (lossBefore) damaged = true; // the missing packets may have been this frame's
            close(sink);
        }
        boolean readable = header.wrap(payload) == Vp8Header.Verdict.OK;
        if (!open) {
            open = true;
            this.timestamp = timestamp;
            buffer.clear();
            damaged = !readable || !header.startsFrame();
        } else if (lossBefore || !readable) {
            damaged = true;
        }
        if (readable && !damaged) {
            buffer.append(payload, payload.readerIndex() + header.length(), payload.readableBytes() - header.length());
        }
        if (marker) close(sink);
    }

    @Override
    public void flush(Consumer<EncodedFrame> sink) {
        if (open) close(sink);
    }

    @Override
    public long damagedFrames() {
        return damagedFrames;
    }

    private void close(Consumer<EncodedFrame> sink) {
        open = false;
        if (damaged || buffer.overrun() || buffer.length() == 0) {
            damagedFrames++;
            return;
        }
        boolean key = Vp8Header.isKey(buffer.array(), buffer.length());
        if (key) {
            width = Vp8Header.width(buffer.array());
            height = Vp8Header.height(buffer.array());
        }
        sink.accept(new EncodedFrame(timestamp, buffer.copy(), key, width, height));
    }
}
