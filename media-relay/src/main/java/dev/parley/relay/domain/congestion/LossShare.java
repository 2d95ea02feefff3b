package dev.parley.relay.domain.congestion;

/**
 * Loss over windows, and how much of it is the line's own: a share that stays whatever is sent (radio) is taken for that after some windows and no
 * longer lowers the rate; what comes on top of it does.
 */
final class LossShare {
    private static final long WINDOW_NS = 400_000_000L;
    private static final int PACKETS_LEAST = 20;
    private static final double LEARN = 0.25;

    private int lost;
    private int received;
    private long windowNs;
    private double share;
    private double own;

    void onLost() {
        lost++;
    }

    void onReceived() {
        received++;
    }

    /** True when a window has ended: {@link #excess} is new. */
    boolean roll(long nowNs) {
        if (nowNs - windowNs < WINDOW_NS || lost + received < PACKETS_LEAST) return false;
        windowNs = nowNs;
        share = (double) lost / (lost + received);
        lost = received = 0;
        own = share < own ? share : own + (share - own) * LEARN;
        return true;
    }

    /** Of the last window, 0 to 1, above what is the line's own. */
    double excess() {
        return share - own;
    }

    double share() {
        return share;
    }
}
