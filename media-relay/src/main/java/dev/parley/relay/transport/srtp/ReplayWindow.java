package dev.parley.relay.transport.srtp;

/** Which packet indexes of one stream came already (RFC 3711 section 3.3.2): the highest and the 127 before it. */
final class ReplayWindow {
    static final int SIZE = 128;

    private long highest = -1;
    private long recent; // bit i: highest - i came
    private long older; // bit i: highest - 64 - i came

    /** False when it came before or is too old to tell. */
    boolean isNew(long index) {
        long back = highest - index;
        if (back < 0) {
            return true;
        }
        if (back >= SIZE) {
            return false;
        }
        return back < 64 ? (recent >>> back & 1) == 0 : (older >>> back - 64 & 1) == 0;
    }

    /** Only after the packet is authentic. */
    void accept(long index) {
        long ahead = index - highest;
        if (ahead > 0) {
            if (ahead >= SIZE) {
                older = 0;
                recent = 0;
            } else if (ahead >= 64) {
                older = recent << ahead - 64;
                recent = 0;
            } else {
                older = older << ahead | recent >>> 64 - ahead;
                recent <<= ahead;
            }
            highest = index;
            recent |= 1;
        } else if (-ahead < 64) {
            recent |= 1L << -ahead;
        } else if (-ahead < SIZE) {
            older |= 1L << -ahead - 64;
        }
    }

    /** -1 before the first. */
    long highest() {
        return highest;
    }
}
