package dev.parley.relay.domain;

/**
 * Whether, and how loud, somebody speaks on one audio track, from the audio level header extension (RFC 6464). Time is cut into windows; one
 * with a loud packet counts as loud. Three loud windows of the last {@link #WINDOWS} make a speaker (one or two may be a door), none ends it.
 */
final class SpeechLevel {
    /** A packet is loud below this, in -dBov: the smaller, the louder. */
    static final int LOUD_BELOW = 55;

    /** Of {@link #WINDOW_NS} each: a second. */
    static final int WINDOWS = 20;

    static final long WINDOW_NS = 50_000_000L;

    private int loudSum;
    private int loudPackets;
    private int recent;
    private boolean speaking;
    private int level;

    /** @param minusDbov 0 loudest to 127 silent */
    void onPacket(int minusDbov) {
        if (minusDbov >= LOUD_BELOW) return;
        loudSum += minusDbov;
        loudPackets++;
    }

    /** Ends a window. */
    void roll() {
        recent = (recent << 1 | (loudPackets > 0 ? 1 : 0)) & (1 << WINDOWS) - 1;
        if (loudPackets > 0) {
            int now = 127 - loudSum / loudPackets;
            level = level == 0 ? now : (level + now) / 2;
        }
        loudSum = 0;
        loudPackets = 0;
        speaking = speaking ? recent != 0 : Integer.bitCount(recent) >= 3;
        if (recent == 0) level = 0;
    }

    void silence() {
        loudSum = loudPackets = recent = level = 0;
        speaking = false;
    }

    /** 0 when not speaking, else 1 to 127, 127 the loudest. */
    int level() {
        return speaking ? Math.max(1, level) : 0;
    }
}
