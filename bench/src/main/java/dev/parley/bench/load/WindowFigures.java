package dev.parley.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What a load saw in one window. All was still before and after it, so that the counts are exact.
 *
 * @param seconds     from first to last packet sent, as planned
 * @param sent        packets that publishers gave to the kernel
 * @param expected    packets that subscribers should have got
 * @param received    different packets that subscribers got
 * @param missing     holes in the sequence numbers of what they got; smaller than what is lost when a stream's end is lost
 * @param repeated    packets that came again
 * @param reordered   packets that came after a later one
 * @param checked     packets that were decrypted and compared
 * @param bad         of these, those that were not authentic, not the publisher's bytes or not at their place
 * @param other       packets of other payload types, such as padding
 * @param unsent      packets that the kernel did not take from publishers
 * @param ownDrops    packets that the load's own sockets could not hold
 * @param delays      of the checked packets
 * @param delayNs     the same with all its buckets, to add windows up
 * @param lateP99Us   how late publishers were against their plan, microseconds
 */
public record WindowFigures(
        double seconds,
        long sent,
        long expected,
        long received,
        long missing,
        long repeated,
        long reordered,
        long checked,
        long bad,
        long other,
        long unsent,
        long ownDrops,
        Delays delays,
        Histogram delayNs,
        double lateP99Us) {

    static WindowFigures of(double seconds, Tally tally, long ownDrops) {
        return new WindowFigures(
                seconds,
                tally.sent,
                tally.expected,
                tally.received,
                tally.missing,
                tally.repeated,
                tally.reordered,
                tally.checked,
                tally.bad,
                tally.otherPackets,
                tally.unsent,
                ownDrops,
                Delays.of(tally.delayNs),
                tally.delayNs.copy(),
                tally.lateNs.getValueAtPercentile(99) / 1e3);
    }

    /** Packets that should have come and did not. */
    public long lost() {
        return expected - received;
    }

    /** 0 to 1. */
    public double lossShare() {
        return expected == 0 ? 0 : (double) lost() / expected;
    }

    /** True when every packet came once, and what was looked at was what had been sent. */
    public boolean isClean() {
        return expected > 0 && received == expected && repeated == 0 && checked > 0 && bad == 0 && unsent == 0;
    }
}
