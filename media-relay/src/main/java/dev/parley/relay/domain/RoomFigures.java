package dev.parley.relay.domain;

/**
 * What is told of one room in metrics.
 *
 * @param bitsIn         per second since the figures before
 * @param bitsOut        likewise
 * @param streamsLimited streams that go out smaller or with fewer pictures than wished, because the line takes no more
 * @param estimateLeast  of the narrowest line, bits per second; -1 = none is known
 * @param lossMost       share lost of the stream that loses most, 0 to 1
 * @param feedsWeak      feeds that come over a weak network
 * @param streamsWeak    streams that go out over one
 * @param mosLeast       estimated mean opinion score of the feed that comes worst, 1 to 4.4; -1 = nothing comes
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
        double roundTripMost,
        int feedsWeak,
        int streamsWeak,
        double mosLeast) {

    /** Collects over all subscribers. */
    static final class Builder {
        private int subscribers;
        private int limited;
        private long estimateLeast = -1;
        private int lossMost;
        private long roundTripNs;
        private int feedsWeak;
        private int streamsWeak;
        private double mosLeast = -1;

        void subscriber(long estimate, long roundTrip) {
            subscribers++;
            if (estimate >= 0 && (estimateLeast < 0 || estimate < estimateLeast)) estimateLeast = estimate;
            roundTripNs = Math.max(roundTripNs, roundTrip);
        }

        /** @param mos 0 = nothing comes */
        void feed(boolean isWeak, double mos) {
            if (isWeak) feedsWeak++;
            if (mos > 0 && (mosLeast < 0 || mos < mosLeast)) mosLeast = mos;
        }

        void stream(boolean isLimited, int fractionLost, boolean isWeak) {
            if (isLimited) limited++;
            if (isWeak) streamsWeak++;
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
                    roundTripNs / 1e9,
                    feedsWeak,
                    streamsWeak,
                    mosLeast);
        }
    }
}
