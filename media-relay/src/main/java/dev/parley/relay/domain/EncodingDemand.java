package dev.parley.relay.domain;

import dev.parley.contracts.media.EncodingsSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the publisher of a simulcast which sizes anybody may want: the smallest always, and all up to the largest that a subscriber's wish allows or
 * the tap takes. More is said at once, less when it has been enough for {@link #LESS_NS}; while what comes does not match, again every
 * {@link #AGAIN_NS}, as the word may be lost.
 */
final class EncodingDemand {
    private static final long LESS_NS = 3_000_000_000L, AGAIN_NS = 5_000_000_000L;

    private final RelayRoom room;
    private final Track track;
    private int told;
    private long toldNs;
    private long enoughSinceNs;

    EncodingDemand(RelayRoom room, Track track) {
        this.room = room;
        this.track = track;
    }

    /** A publisher begins with all of them. */
    void startOver(int sizes) {
        told = sizes - 1;
        enoughSinceNs = 0;
    }

    /** Whether the publisher was told to send all there are. */
    boolean all() {
        return told == track.encodings().length - 1;
    }

    void look(long nowNs) {
        if (track.encodings()[0].rid().isEmpty()) return; // sizes without names cannot be asked for
        int wanted = wanted();
        if (wanted >= told) enoughSinceNs = 0;
        else if (enoughSinceNs == 0) enoughSinceNs = nowNs;
        boolean less = enoughSinceNs != 0 && nowNs - enoughSinceNs >= LESS_NS;
        if (wanted > told || less) tell(wanted, nowNs);
        else if (toldNs != 0 && nowNs - toldNs >= AGAIN_NS && !comesAsTold()) tell(told, nowNs);
    }

    private int wanted() {
        int sizes = track.ranked().length;
        if (room.tap().wanted()) return sizes - 1;
        for (int rank = sizes - 1; rank > 0; rank--) {
            for (Subscription one : track.subscriptions())
                if (!one.suspended() && one.allows(track.ranked()[rank])) return rank;
        }
        return 0;
    }

    private boolean comesAsTold() {
        return track.live(track.liveCount() - 1).rank() == told;
    }

    private void tell(int wanted, long nowNs) {
        told = wanted;
        toldNs = nowNs;
        enoughSinceNs = 0;
        List<String> rids = new ArrayList<>();
        for (int rank = 0; rank <= wanted; rank++) rids.add(track.ranked()[rank].rid());
        var feed = track.feed().info();
        room.signals().onEncodings(new EncodingsSignal(room.roomId(), feed.participantId(), feed.feedId(), rids));
    }
}
