package dev.parley.recorder.domain.timeline;

import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;

/** Takes a journal in order. Times are wall-clock microseconds since the epoch, steady within one tap. Buffers are valid during the call. */
public interface TapVisitor {
    void onRtp(int epoch, long atUs, ByteBuf packet);

    default void onRtcp(int epoch, long atUs, ByteBuf compound) {}

    default void onTrack(int epoch, long atUs, TrackEvent event) {}

    /** The recording was paused; may be told again while it is. */
    default void onPause(long atUs) {}

    /** It goes on; may be told although it was not paused. */
    default void onResume(long atUs) {}

    /** The recording was stopped: the end of its file. */
    default void onStop(long atUs) {}
}
