package dev.parley.recorder;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** One virtual thread that does things now and then, one after the other. A failure is logged and the next turn comes. */
public final class Clockwork {
    private static final Logger LOG = Logger.getLogger(Clockwork.class);

    private final String name;
    private final ScheduledExecutorService executor;

    public Clockwork(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(name).factory());
    }

    public void every(Duration period, Runnable task) {
        executor.scheduleWithFixedDelay(() -> run(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Once, as soon as the thread is free. */
    public void now(Runnable task) {
        if (!executor.isShutdown()) executor.execute(() -> run(task));
    }

    public void stop() {
        executor.shutdownNow();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            if (!executor.isShutdown()) LOG.warnf("%s: %s", name, e);
        }
    }
}
