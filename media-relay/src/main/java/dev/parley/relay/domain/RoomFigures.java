package dev.parley.relay.domain;

/**
 * What is told of one room in metrics.
 *
 * @param bitsIn         per second since the figures before
 * @param bitsOut        likewise
 * @param streamsLimited streams that go out smaller or with fewer pictures than wished, because the line takes no more
 * @param estimateLeast  of the narrowest line, bits per second; -1 = none is known
 * @param lossMost       share lost of the stream that loses most, 0 to 1
 * @param roundTripMost  to the farthest subscriber, seconds; 0 = not known
 */
public record RoomFigures(
        String roomId,
        int feeds,
        int subscribers,
        double bitsIn,
        double bitsOut,
        int streamsLimited,
        double estimateLeast,
        double lossMost,
        double roundTripMost) {

    /** Collects over all subscribers. */
    static final class Builder {
        private int subscribers;
        private int limited;
        private long estimateLeast = -1;
        private int lossMost;
        private long roundTripNs;

        void subscriber(long estimate, long roundTrip) {
            subscribers++;
            if (estimate >= 0 && (estimateLeast < 0 || estimate < estimateLeast)) estimateLeast = estimate;
            roundTripNs = Math.max(roundTripNs, roundTrip);
        }

        void stream(boolean isLimited, int fractionLost) {
            if (isLimited) limited++;
            lossMost = Math.max(lossMost, fractionLost);
        }

        RoomFigures build(String roomId, int feeds, double bitsIn, double bitsOut) {
            return new RoomFigures(
                    roomId,
                    feeds,
                    subscribers,
                    bitsIn,
                    bitsOut,
                    limited,
                    estimateLeast,
                    lossMost / 256.0,
                    roundTripNs / 1e9);
        }
    }
}
