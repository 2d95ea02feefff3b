package dev.parley.relay.domain;

import dev.parley.rtp.framed.TrackEvent;
import io.netty.buffer.ByteBuf;

/** Takes a room's media as docs/internals.md describes it for the tap. Called on the room's loop; must not block; buffers are only lent. */
public interface TapSink {
    /** Hears of tracks even while nobody reads, so that a later tap knows them. {@code event.ssrc()} names the track. */
    void onTrack(TrackEvent event);

    /** False while nobody reads or may come back: then no packet needs to be given. */
    boolean wanted();

    /** @param tag of the feed, for readers with a prefix */
    void onRtp(String tag, ByteBuf packet, long nowNs);

    void onRtcp(String tag, ByteBuf compound, long nowNs);
}
