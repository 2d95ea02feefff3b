package dev.parley.recorder.client;

import dev.parley.recorder.Clockwork;
import dev.parley.recorder.Settings;
import dev.parley.recorder.store.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Delivers callbacks out of the outbox: several recordings at once, one after the other within a recording. */
@ApplicationScoped
public class CallbackSender {
    private static final Logger LOG = Logger.getLogger(CallbackSender.class);
    private static final Duration SWEEP = Duration.ofMillis(150);
    private static final int AT_ONCE = 200, AT_ONCE_PER_HOST = 8;

    private final Outbox outbox;
    private final CallbackClient client;
    private final long claimMs;
    private final Counter delivered;
    private final Counter failed;
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor();
    private final Clockwork clockwork = new Clockwork("callbacks");

    CallbackSender(Outbox outbox, CallbackClient client, Settings settings, MeterRegistry meters) {
        this.outbox = outbox;
        this.client = client;
        this.claimMs = 3 * settings.callbackTimeout().toMillis(); // connect, answer, and some air
        this.delivered = meters.counter("parley.recorder.callbacks", "outcome", "delivered");
        this.failed = meters.counter("parley.recorder.callbacks", "outcome", "failed");
    }

    void onStart(@Observes StartupEvent event) {
        clockwork.every(SWEEP, this::sweep);
    }

    void onStop(@Observes @Priority(10) ShutdownEvent event) {
        clockwork.stop();
        posts.shutdownNow();
    }

    private void sweep() {
        int room = free.availablePermits();
        if (room == 0) return;
        long nowMs = System.currentTimeMillis();
        List<String> full = busy.entrySet().stream()
                .filter(host -> host.getValue() >= AT_ONCE_PER_HOST)
                .map(Map.Entry::getKey)
                .toList();
        var taken = outbox.takeCallbacks(nowMs, nowMs + claimMs, room, AT_ONCE_PER_HOST, full);
        for (Outbox.Callback callback : taken) {
            free.acquireUninterruptibly();
            busy.merge(callback.host(), 1, Integer::sum);
            posts.execute(() -> {
                try {
                    deliver(callback);
                } finally {
                    busy.computeIfPresent(callback.host(), (_, count) -> count == 1 ? null : count - 1);
                    free.release();
                }
            });
        }
    }

    private void deliver(Outbox.Callback callback) {
        try {
            client.post(callback.url(), callback.bizName(), callback.bizRequestId(), callback.body());
            outbox.delivered(callback.bizRequestId());
            delivered.increment();
        } catch (IOException | IllegalArgumentException e) {
            failed.increment();
            LOG.infof(
                    "callback %s of %s, attempt %d: %s",
                    callback.bizRequestId(), callback.recordId(), callback.attempts() + 1, e);
            outbox.failed(callback, e.toString(), System.currentTimeMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // going down: the claim runs out
        }
    }
}
