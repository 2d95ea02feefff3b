package dev.parley.bench.load.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The clock by which the kernel stamps received datagrams (CLOCK_REALTIME). One thread. */
public final class Clock {
    private final MemorySegment time = Arena.ofAuto().allocate(16, 8);

    /** Nanoseconds since the epoch. Allocates nothing. */
    public long nowNs() {
        try {
            int unused = (int) Libc.CLOCK_GETTIME.invokeExact(Libc.CLOCK_REALTIME, time);
        } catch (Throwable e) {
            throw Libc.broken(e);
        }
        return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
    }
}
