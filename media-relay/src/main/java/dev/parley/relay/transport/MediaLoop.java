package dev.parley.relay.transport;

/** One event loop thread that owns some rooms: everything about a room runs on its loop, so nothing about a room needs a lock. */
public interface MediaLoop {
    /** A timer that was set. */
    interface Timer {
        /** Any thread. A task that is already running goes on. */
        void cancel();
    }

    /** Runs the task on the loop, after what it was given before. Any thread. */
    void execute(Runnable task);

    /** True when the calling thread is this loop. */
    boolean inLoop();

    /** Runs the task on the loop once, not before the delay is over. Any thread. @param delayMs milliseconds, 0 or more */
    Timer schedule(Runnable task, long delayMs);

    /**
     * The loop's monotonic clock in nanoseconds, the same scale as {@code nowNs} of {@link MediaListener}. Read once per batch of packets:
     * within one callback it stands still. On the loop only.
     */
    long nowNs();
}
