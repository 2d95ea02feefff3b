package dev.parley.account.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many calls a minute from one address, as a token bucket that starts full. The map is bounded and forgets the address seen longest
 * ago. Threads: any.
 */
public final class AddressBudget {
    private record Bucket(double calls, long atMs) {}

    private final int perMinute;
    private final Map<String, Bucket> buckets;

    public AddressBudget(int perMinute, int addressesMax) {
        this.perMinute = perMinute;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > addressesMax;
            }
        };
    }

    /** Takes one call out of the address's budget; false when it is used up. */
    public synchronized boolean take(String address, long nowMs) {
        var bucket = buckets.getOrDefault(address, new Bucket(perMinute, nowMs));
        double refilled = Math.min(perMinute, bucket.calls + Math.max(0, nowMs - bucket.atMs) * (perMinute / 60_000.0));
        boolean granted = refilled >= 1;
        buckets.put(address, new Bucket(granted ? refilled - 1 : refilled, nowMs));
        return granted;
    }

    /** Puts one call back that was taken: it turned out to be none of those that are counted. */
    public synchronized void giveBack(String address) {
        buckets.computeIfPresent(address, (_, b) -> new Bucket(Math.min(perMinute, b.calls + 1), b.atMs));
    }

    synchronized int addresses() {
        return buckets.size();
    }
}
