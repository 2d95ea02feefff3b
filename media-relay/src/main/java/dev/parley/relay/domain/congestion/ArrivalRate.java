package dev.parley.relay.domain.congestion;

import java.util.Arrays;

/** What arrived in the last 300 ms, by the receiver's clock. */
final class ArrivalRate {
    private static final int BUCKETS = 12;
    private static final long BUCKET_NS = 25_000_000L;

    private final long[] bytes = new long[BUCKETS];
    private boolean known;
    private long first;
    private long newest;

    void onPacket(long arrivalNs, int size) {
        long bucket = Math.floorDiv(arrivalNs, BUCKET_NS);
        if (!known) { // not by the sign: the receiver's clock may stand anywhere
            known = true;
            first = newest = bucket;
        } else if (bucket - newest >= BUCKETS) {
            Arrays.fill(bytes, 0);
            newest = bucket;
        } else {
            for (; newest < bucket; newest++) bytes[slot(newest + 1)] = 0;
        }
        if (newest - bucket < BUCKETS) bytes[slot(bucket)] += size;
    }

    /** Bits per second; 0 = too little came to tell. */
    long bitsPerSecond() {
        if (!known || newest - first < BUCKETS) return 0;
        long sum = 0; // without the newest, which is not full yet
        for (long bucket = newest - BUCKETS + 1; bucket < newest; bucket++) sum += bytes[slot(bucket)];
        return sum * 8 * 1_000_000_000L / ((BUCKETS - 1) * BUCKET_NS);
    }

    private static int slot(long bucket) {
        return (int) Math.floorMod(bucket, (long) BUCKETS);
    }
}
