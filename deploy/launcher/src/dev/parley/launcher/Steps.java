package dev.parley.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Progress for a person: one line per step, what it does and how long it took. */
final class Steps {
    private final long begunNs = System.nanoTime();

    <T> T step(String what, Supplier<T> work) {
        System.out.printf("  %-58s", what);
        System.out.flush();
        long fromNs = System.nanoTime();
        T result = work.get();
        System.out.printf("%7.1f s%n", seconds(fromNs));
        return result;
    }

    void step(String what, Runnable work) {
        step(what, () -> {
            work.run();
            return null;
        });
    }

    /** Steps that run at the same time: each line comes when its step is done. */
    final class Together {
        private final List<CompletableFuture<Void>> all = new ArrayList<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

        /** Begins {@code work}; its time counts from {@code fromNs}. */
        void add(String what, long fromNs, Runnable work) {
            all.add(CompletableFuture.runAsync(work, threads).thenRun(() -> line(what, fromNs)));
        }
    }

    /** Waits for all that {@code begin} added; the first fault is thrown at once and does not wait for the others. */
    void sideBySide(Consumer<Together> begin) {
        var together = new Together();
        begin.accept(together);
        var first = new CompletableFuture<Void>();
        together.all.forEach(one -> one.exceptionally(fault -> {
            first.completeExceptionally(fault);
            return null;
        }));
        CompletableFuture.allOf(together.all.toArray(CompletableFuture[]::new)).thenRun(() -> first.complete(null));
        try {
            first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Fault fault ? fault : e;
        }
    }

    private static synchronized void line(String what, long fromNs) {
        System.out.printf("  %-58s%7.1f s%n", what, seconds(fromNs));
    }

    double total() {
        return seconds(begunNs);
    }

    static double seconds(long fromNs) {
        return Duration.ofNanos(System.nanoTime() - fromNs).toMillis() / 1000.0;
    }
}
