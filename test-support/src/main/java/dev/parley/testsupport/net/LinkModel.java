package dev.parley.testsupport.net;

import java.util.SplittableRandom;

/**
 * One direction of a link as a function of datagrams and time. The same seed, profile and sizes in the same order give the same fates; each
 * datagram takes the same number of random draws, whatever becomes of it, so that a changed profile does not shift the fates after it. Time is
 * data: it serves real forwarding and simulations alike. Not thread safe.
 */
public final class LinkModel {
    private static final long NS_PER_MS = 1_000_000L;
    private static final double NS_PER_S = 1e9;

    private final SplittableRandom random;
    private LinkProfile profile = LinkProfile.CLEAR;
    private boolean inBurst;
    private double backlogBytes;
    private long backlogAtNs;
    private long lastDeliveryNs = Long.MIN_VALUE;
    private long deliverNs;
    private long offered;
    private long lost;
    private long overflowed;
    private long duplicated;
    private long held;

    public LinkModel(long seed) {
        random = new SplittableRandom(seed);
    }

    /** From the next datagram on. Those on their way are not touched; the queue is served at the new rate. */
    public void profile(LinkProfile value, long nowNs) {
        drain(nowNs);
        if (profile.bitsPerSecond() > 0 && value.bitsPerSecond() == 0) backlogBytes = 0;
        profile = value;
    }

    public LinkProfile profile() {
        return profile;
    }

    /**
     * Decides about one datagram.
     *
     * @return how often it arrives, 0 to 2; then {@link #deliverNs} says when
     */
    public int offer(int bytes, long nowNs) {
        offered++;
        double lossDraw = random.nextDouble();
        double jitterDraw = random.nextDouble();
        double reorderDraw = random.nextDouble();
        double duplicateDraw = random.nextDouble();
        if (loses(lossDraw)) {
            lost++;
            return 0;
        }
        drain(nowNs);
        long queuedNs = 0;
        if (profile.bitsPerSecond() > 0) {
            if (backlogBytes + bytes > profile.queueBytes()) {
                overflowed++;
                return 0;
            }
            backlogBytes += bytes;
            queuedNs = (long) (backlogBytes * 8 / profile.bitsPerSecond() * NS_PER_S);
        }
        long atNs =
                nowNs + queuedNs + profile.delayMs() * NS_PER_MS + (long) (jitterDraw * profile.jitterMs() * NS_PER_MS);
        if (reorderDraw < profile.reorder()) {
            held++;
            deliverNs = atNs + profile.reorderMs() * NS_PER_MS;
        } else {
            lastDeliveryNs = Math.max(lastDeliveryNs, atNs); // jitter changes distances, not the order
            deliverNs = lastDeliveryNs;
        }
        if (duplicateDraw >= profile.duplicate()) return 1;
        duplicated++;
        return 2;
    }

    /** When what {@link #offer} has just let through arrives, on the clock that was given to it. */
    public long deliverNs() {
        return deliverNs;
    }

    /** Time that a datagram offered now would wait at the bottleneck, nanoseconds. */
    public long queueNs(long nowNs) {
        drain(nowNs);
        return profile.bitsPerSecond() == 0 ? 0 : (long) (backlogBytes * 8 / profile.bitsPerSecond() * NS_PER_S);
    }

    private boolean loses(double draw) {
        double loss = profile.loss();
        if (loss == 0 || loss == 1 || profile.burst() == 1) {
            inBurst = false;
            return draw < loss;
        }
        double toBad = loss / (profile.burst() * (1 - loss)); // of the good state, so that the mean share is the loss
        inBurst = inBurst ? draw >= 1 / profile.burst() : draw < Math.min(1, toBad);
        return inBurst;
    }

    private void drain(long nowNs) {
        if (profile.bitsPerSecond() > 0)
            backlogBytes = Math.max(0, backlogBytes - (nowNs - backlogAtNs) / NS_PER_S * profile.bitsPerSecond() / 8);
        backlogAtNs = nowNs;
    }

    public long offered() {
        return offered;
    }

    /** By the profile's loss; without {@link #overflowed}. */
    public long lost() {
        return lost;
    }

    /** Found the queue full. */
    public long overflowed() {
        return overflowed;
    }

    public long duplicated() {
        return duplicated;
    }

    /** Held back to be overtaken. */
    public long held() {
        return held;
    }
}
