package dev.parley.account.domain;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down guessing: after {@link #FREE} failures in a row a name waits, twice as long each time up to {@link #WAIT_MAX_MS}. Existing and
 * made-up names are treated alike. An attempt counts when it begins, so many at once gain nothing. Held per copy of the service; the map is
 * bounded and forgets the name that tried longest ago. Threads: any.
 */
public final class Attempts {
    static final int FREE = 5;
    static final long WAIT_FIRST_MS = 1_000;
    static final long WAIT_MAX_MS = 15 * 60 * 1_000;
    static final long FORGET_MS = 60 * 60 * 1_000;

    private record Tally(int failures, long waitsUntilMs, long lastMs) {}

    private final Map<String, Tally> tallies;

    public Attempts(int namesMax) {
        tallies = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Tally> eldest) {
                return size() > namesMax;
            }
        };
    }

    /** Whether this name may try now; if so, the try counts as failed until {@link #succeeded}. */
    public synchronized boolean admit(String name, long nowMs) {
        var tally = tallies.get(name);
        if (tally == null || nowMs - tally.lastMs >= FORGET_MS) tally = new Tally(0, 0, nowMs);
        if (nowMs < tally.waitsUntilMs) return false;
        int failures = tally.failures + 1;
        tallies.put(name, new Tally(failures, nowMs + waitMs(failures), nowMs));
        return true;
    }

    public synchronized void succeeded(String name) {
        tallies.remove(name);
    }

    synchronized int names() {
        return tallies.size();
    }

    private static long waitMs(int failures) {
        if (failures < FREE) return 0;
        return Math.min(WAIT_MAX_MS, WAIT_FIRST_MS << Math.min(failures - FREE, 20));
    }
}
