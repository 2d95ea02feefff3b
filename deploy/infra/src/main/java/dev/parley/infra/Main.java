package dev.parley.infra;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The infra process: real PostgreSQL, Kafka and S3 for one machine. Settings come from the environment, see {@link InfraSettings}.
 * Prints one line that begins with {@link #READY} when all can be used. SIGTERM and SIGINT stop all of it.
 * Exit status: 0 or 143 after a signal, 1 when a part did not start or died, 2 when a setting is wrong.
 */
public final class Main {
    /** The launcher waits for this word at the beginning of a line. */
    public static final String READY = "INFRA-READY";

    private static final long STOP_MAX_SECONDS = 20;

    private Main() {}

    static void main() {
        long begunNs = System.nanoTime();
        InfraSettings settings;
        try {
            settings = InfraSettings.of(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("infra: " + e.getMessage());
            System.exit(2);
            return;
        }
        try {
            run(settings, begunNs);
        } catch (PartFailed e) {
            // Kafka leaves threads behind when it fails half-way, so an exception alone would leave the JVM hanging.
            e.printStackTrace();
            System.err.println("infra: " + e.getMessage());
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(InfraSettings settings, long begunNs) {
        var started = new CompletableFuture<Infra>();
        // In place before the start: a signal half-way would leave PostgreSQL, which is a process of its own, behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "stop-infra"));
        var infra = Infra.start(settings);
        started.complete(infra);
        System.out.printf(
                "%s in %d ms: postgres %d, kafka %d, s3 %d, data in %s%n",
                READY,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNs),
                settings.postgresPort(),
                settings.kafkaPort(),
                settings.s3Port(),
                settings.directory());
        String gone = infra.firstGone().join();
        System.err.println("infra: " + gone + " is gone, stopping the others");
        System.exit(1);
    }

    private static void stop(CompletableFuture<Infra> started) {
        try {
            started.thenAcceptAsync(Infra::close).get(STOP_MAX_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) { // whatever it is, the process must end
            System.err.println("infra: did not stop cleanly: " + e);
            Runtime.getRuntime().halt(1);
        }
    }
}
