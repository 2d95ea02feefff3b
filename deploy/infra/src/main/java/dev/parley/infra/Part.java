package dev.parley.infra;

import java.util.concurrent.CompletableFuture;

/**
 * One running server of the suite's surroundings. A part starts in a static method of its class and answers only when clients can
 * use it; {@link #close} stops it and waits until it is gone. Start and close belong to one thread; the addresses may be read by any.
 */
public interface Part extends AutoCloseable {
    /** What people call it: {@code postgres}, {@code kafka} or {@code s3}. */
    String name();

    /** Done when the server has ended, whether asked to or not. */
    CompletableFuture<Void> gone();

    /** Stops the server and waits for it. Safe to call twice. */
    @Override
    void close();
}
