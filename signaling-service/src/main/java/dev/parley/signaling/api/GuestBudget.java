package dev.parley.signaling.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** How many guest tokens one address gets in a minute; account trusts us to count. Thread-safe. */
@ApplicationScoped
public class GuestBudget {
    static final int PER_MINUTE = 120;
    private static final long WINDOW_MS = 60_000;
    private static final int ADDRESSES_MAX = 10_000;

    private final Clock clock;
    private final Map<String, Integer> taken = new HashMap<>();
    private long windowEndsMs;

    GuestBudget(Clock clock) {
        this.clock = clock;
    }

    /** Errors: TOO_MANY. */
    synchronized void take(String address) {
        long now = clock.millis();
        if (now >= windowEndsMs) {
            taken.clear();
            windowEndsMs = now + WINDOW_MS;
        }
        if (taken.size() >= ADDRESSES_MAX && !taken.containsKey(address))
            throw new RefusedException(ErrorCode.TOO_MANY);
        if (taken.merge(address, 1, Integer::sum) > PER_MINUTE) throw new RefusedException(ErrorCode.TOO_MANY);
    }
}
