package dev.parley.launcher;

import java.time.Duration;
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

    /** A line that belongs to the step before. */
    void note(String format, Object... values) {
        System.out.printf("    " + format + "%n", values);
    }

    double total() {
        return seconds(begunNs);
    }

    static double seconds(long fromNs) {
        return Duration.ofNanos(System.nanoTime() - fromNs).toMillis() / 1000.0;
    }
}
