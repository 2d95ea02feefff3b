package dev.parley.testsupport.net;

/**
 * What one direction of a link does to datagrams. Begin with {@link #CLEAR} and change what matters. Shares are from 0 to 1.
 *
 * @param loss          share of datagrams lost
 * @param burst         mean length of a run of losses in datagrams (Gilbert model); 1 = each on its own
 * @param delayMs       one way, milliseconds
 * @param jitterMs      added to each delay, evenly from 0 to this; the order is kept
 * @param reorder       share of datagrams held back so that later ones overtake them
 * @param reorderMs     how long these are held back, milliseconds
 * @param duplicate     share of datagrams that come twice
 * @param bitsPerSecond of the bottleneck; 0 = no limit
 * @param queueBytes    most bytes that wait at the bottleneck; what does not fit is dropped
 */
public record LinkProfile(
        double loss,
        double burst,
        long delayMs,
        long jitterMs,
        double reorder,
        long reorderMs,
        double duplicate,
        long bitsPerSecond,
        int queueBytes) {
    /** Everything arrives at once. */
    public static final LinkProfile CLEAR = new LinkProfile(0, 1, 0, 0, 0, 0, 0, 0, 0);

    public LinkProfile {
        share("loss", loss);
        share("reorder", reorder);
        share("duplicate", duplicate);
        if (burst < 1) throw new IllegalArgumentException("burst must be 1 or more: " + burst);
        if (delayMs < 0 || jitterMs < 0 || reorderMs < 0 || bitsPerSecond < 0 || queueBytes < 0)
            throw new IllegalArgumentException("a negative time, rate or size");
        if (bitsPerSecond > 0 && queueBytes == 0) throw new IllegalArgumentException("a rate needs a queue");
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) throw new IllegalArgumentException(name + " must be 0 to 1: " + value);
    }

    /** @param share from 0 to 1, each datagram on its own */
    public LinkProfile withLoss(double share) {
        return withBurstLoss(share, 1);
    }

    /** @param run mean datagrams lost in a row */
    public LinkProfile withBurstLoss(double share, double run) {
        return new LinkProfile(share, run, delayMs, jitterMs, reorder, reorderMs, duplicate, bitsPerSecond, queueBytes);
    }

    public LinkProfile withDelay(long ms, long jitter) {
        return new LinkProfile(loss, burst, ms, jitter, reorder, reorderMs, duplicate, bitsPerSecond, queueBytes);
    }

    public LinkProfile withReorder(double share, long heldMs) {
        return new LinkProfile(loss, burst, delayMs, jitterMs, share, heldMs, duplicate, bitsPerSecond, queueBytes);
    }

    public LinkProfile withDuplicates(double share) {
        return new LinkProfile(loss, burst, delayMs, jitterMs, reorder, reorderMs, share, bitsPerSecond, queueBytes);
    }

    /** @param queueMs depth of the queue, as time at this rate */
    public LinkProfile withRate(long bits, long queueMs) {
        return new LinkProfile(
                loss,
                burst,
                delayMs,
                jitterMs,
                reorder,
                reorderMs,
                duplicate,
                bits,
                bits == 0 ? 0 : (int) Math.max(1_500, bits / 8_000 * queueMs));
    }
}
