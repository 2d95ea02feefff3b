package dev.parley.recorder.live;

import dev.parley.rtp.framed.ClockMark;
import dev.parley.rtp.framed.FrameGap;
import dev.parley.rtp.framed.TapHandler;
import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Remembers that an IOException came from the handler and not from the connection that called it. */
final class DiskGuard implements TapHandler {
    private interface Step {
        void run() throws IOException;
    }

    private final TapHandler inner;
    private boolean failed;

    DiskGuard(TapHandler inner) {
        this.inner = inner;
    }

    boolean failed() {
        return failed;
    }

    @Override
    public void onRtp(long index, long us, ByteBuf packet) throws IOException {
        guard(() -> inner.onRtp(index, us, packet));
    }

    @Override
    public void onRtcp(long index, long us, ByteBuf compound) throws IOException {
        guard(() -> inner.onRtcp(index, us, compound));
    }

    @Override
    public void onTrack(TrackEvent event) throws IOException {
        guard(() -> inner.onTrack(event));
    }

    @Override
    public void onTime(ClockMark mark) throws IOException {
        guard(() -> inner.onTime(mark));
    }

    @Override
    public void onGap(FrameGap gap) throws IOException {
        guard(() -> inner.onGap(gap));
    }

    private void guard(Step step) throws IOException {
        failed = true;
        step.run();
        failed = false;
    }
}
