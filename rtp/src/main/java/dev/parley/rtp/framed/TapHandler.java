package dev.parley.rtp.framed;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Takes what a tap brings, in order, on the thread that reads. Buffers are the connection's own: valid during the call only. */
public interface TapHandler {
    /**
     * @param index of this frame, for resuming: {@code index + 1} is the next one wanted
     * @param us    the relay's monotonic clock at the packet's arrival, microseconds
     */
    void onRtp(long index, long us, ByteBuf packet) throws IOException;

    /** A publisher's RTCP compound as it came. */
    void onRtcp(long index, long us, ByteBuf compound) throws IOException;

    void onTrack(TrackEvent event) throws IOException;

    /** The clock for the frames that follow; also the tap's sign of life, at least once a second. */
    default void onTime(ClockMark mark) throws IOException {}

    default void onGap(FrameGap gap) throws IOException {}
}
