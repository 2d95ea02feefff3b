package dev.parley.recorder.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what can be seen. */
public final class Await {
    private static final long SECONDS_MAX = 90;

    private Await() {}

    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, SECONDS_MAX, condition);
    }

    public static void until(String what, long secondsMax, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!condition.call()) {
            if (System.nanoTime() > deadline) throw new AssertionError("not in time: " + what);
            LockSupport.parkNanos(30_000_000);
        }
    }
}
