package dev.parley.relay.domain;

/** What a room saw and dropped; plain numbers of the room's loop. {@link #drainInto} moves them to the node's sums. */
public final class Counters {
    /** Why a packet went no further. */
    public enum Drop {
        MALFORMED,
        UNKNOWN_SSRC,
        DUPLICATE,
        TOO_OLD,
        MUTED,
        PADDING,
        RTX_UNUSABLE,
        TOO_LARGE,
        BAD_RTCP
    }

    public long packetsIn;
    public long bytesIn;
    public long packetsOut;
    public long bytesOut;
    public long resent;
    public long nacksSent;
    public long plisSent;
    private final long[] drops = new long[Drop.values().length];

    public void drop(Drop reason) {
        drops[reason.ordinal()]++;
    }

    public long dropped(Drop reason) {
        return drops[reason.ordinal()];
    }

    /** Adds all to the other and begins at zero again. */
    public void drainInto(Counters sum) {
        sum.packetsIn += packetsIn;
        sum.bytesIn += bytesIn;
        sum.packetsOut += packetsOut;
        sum.bytesOut += bytesOut;
        sum.resent += resent;
        sum.nacksSent += nacksSent;
        sum.plisSent += plisSent;
        packetsIn = bytesIn = packetsOut = bytesOut = resent = nacksSent = plisSent = 0;
        for (int i = 0; i < drops.length; i++) {
            sum.drops[i] += drops[i];
            drops[i] = 0;
        }
    }
}
