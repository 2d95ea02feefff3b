package dev.parley.relay.domain;

import dev.parley.contracts.media.MediaKind;

/**
 * Which size of a simulcast the tap gets: the largest that comes. Readers see another size as another track, which begins with a key frame. A larger
 * one is taken up when it has come for {@link #STEADY_NS}, a smaller one when the present stops. Of a track without simulcast: the only one.
 */
final class TappedEncoding {
    private static final long STEADY_NS = 2_000_000_000L;

    private final RelayRoom room;
    private final Track track;
    private Encoding current;
    private Encoding target;
    private long largerSinceNs;

    TappedEncoding(RelayRoom room, Track track) {
        this.room = room;
        this.track = track;
    }

    void startOver(Encoding first) {
        current = target = first;
        largerSinceNs = 0;
    }

    /** True when this packet goes to the tap. @param begins it begins a key frame */
    boolean takes(Encoding from, boolean begins) {
        if (from == current) return true;
        if (from != target || !begins) return false;
        current = from;
        track.renameForTap();
        return true;
    }

    void look(long nowNs) {
        Encoding largest = track.live(track.liveCount() - 1);
        boolean larger = largest.rank() > current.rank();
        if (!larger) largerSinceNs = 0;
        else if (largerSinceNs == 0) largerSinceNs = nowNs;
        boolean at = largest == current;
        if (at || larger && room.tap().wanted() && nowNs - largerSinceNs < STEADY_NS) {
            target = current;
        } else if (!room.tap().wanted()) { // nobody has seen the present one
            current = target = largest;
            track.renameForTap();
        } else if (target != largest) {
            target = largest;
            target.wantKeyFrame();
        }
    }

    boolean waitsFor(Encoding one) {
        return target == one && current != one;
    }

    void wantKeyFrame() {
        if (track.kind() == MediaKind.VIDEO) target.wantKeyFrame();
    }

    boolean is(Encoding one) {
        return one == current || one == target;
    }

    Encoding encoding() {
        return current;
    }
}
