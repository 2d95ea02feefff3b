package dev.parley.rtp.framed;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** An open tap. One thread reads; {@link #close} may be called from any and ends the reading with an IOException. */
public final class TapConnection implements Closeable {
    private final Socket socket;
    private final FrameInput in;
    private final String epoch;
    private long nextIndex;
    private long us;

    TapConnection(Socket socket, FrameInput in, HelloAnswer answer) {
        this.socket = socket;
        this.in = in;
        this.epoch = answer.epoch() == null ? "" : answer.epoch();
        this.nextIndex = answer.next() == null ? 0 : answer.next();
    }

    /** Names the numbering; give it back in {@link Hello.Tap#resumed}. */
    public String epoch() {
        return epoch;
    }

    /** Index of the next frame that has not been read; what a resuming hello asks for. */
    public long nextIndex() {
        return nextIndex;
    }

    /**
     * Waits for one frame and hands it on. False when the relay closed the stream. SocketTimeoutException when nothing came within the read
     * timeout, which means that the relay is gone: it sends TIME once a second.
     */
    public boolean readNext(TapHandler handler) throws IOException {
        ByteBuf packet = in.readPacket();
        if (packet == null) return false;
        if (AppPackets.isApp(packet)) {
            onApp(packet, handler);
        } else {
            long index = nextIndex++;
            if (Frames.isRtcp(packet)) handler.onRtcp(index, us, packet);
            else handler.onRtp(index, us, packet);
        }
        return true;
    }

    /** Until the relay closes the stream. */
    public void readAll(TapHandler handler) throws IOException {
        while (readNext(handler)) {
            // each frame is handed on by readNext
        }
    }

    private void onApp(ByteBuf app, TapHandler handler) throws IOException {
        int name = AppPackets.nameOf(app);
        if (name == AppPackets.TIME) {
            ClockMark mark = AppPackets.readTime(app);
            if (mark == null) return;
            us = mark.us();
            nextIndex = mark.index();
            handler.onTime(mark);
        } else if (name == AppPackets.TRAK) {
            TrackEvent event = AppPackets.readTrack(app);
            if (event != null) handler.onTrack(event);
        } else if (name == AppPackets.GAPS) {
            FrameGap gap = AppPackets.readGap(app);
            if (gap == null) return;
            nextIndex = gap.to();
            handler.onGap(gap);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
