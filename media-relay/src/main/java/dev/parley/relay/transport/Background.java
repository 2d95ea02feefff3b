package dev.parley.relay.transport;

/** Threads for work that must not take time from media. */
public final class Background {
    /** Of 19: others get about ten times as much when the processor is short. */
    private static final int NICE = 10;

    private Background() {}

    /**
     * Starts a daemon thread that the kernel prefers less, and with it every thread that it starts (on Linux they inherit it). Where that is not
     * possible the thread is as good as others.
     */
    public static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            if (Libc.UNAVAILABLE.isEmpty()) {
                Libc.lowerPriority(NICE);
            }
            task.run();
        });
    }
}
