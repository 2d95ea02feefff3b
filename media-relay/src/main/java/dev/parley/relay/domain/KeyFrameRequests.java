package dev.parley.relay.domain;

/**
 * Turns any number of wishes for a key frame into PLIs at least {@link #GAP_NS} apart, and repeats one every {@link #REPEAT_NS} while somebody
 * still waits (a PLI may be lost).
 */
public final class KeyFrameRequests {
    public static final long GAP_NS = 500_000_000L;
    public static final long REPEAT_NS = 1_000_000_000L;

    private boolean wanted;
    private long lastNs;
    private boolean sent;

    public void want() {
        wanted = true;
    }

    /** A key frame has begun to arrive: nobody needs to ask any more. */
    public void onKeyFrame() {
        wanted = false;
    }

    /** True when a PLI is to be sent now. @param waiting somebody gets no picture before the next key frame */
    public boolean takeDue(boolean waiting, long nowNs) {
        if (!wanted && !waiting) return false;
        if (sent && nowNs - lastNs < (wanted ? GAP_NS : REPEAT_NS)) return false;
        wanted = false;
        sent = true;
        lastNs = nowNs;
        return true;
    }
}
