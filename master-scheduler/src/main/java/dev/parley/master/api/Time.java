package dev.parley.master.api;

import jakarta.enterprise.context.ApplicationScoped;

/** The wall clock, as a bean so that a test can choose the time. */
@ApplicationScoped
public class Time {
    /** Milliseconds since the epoch. */
    public long nowMs() {
        return System.currentTimeMillis();
    }
}
