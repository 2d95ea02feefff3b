package dev.parley.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The three parts as one: they start side by side, and either all run or none does. */
public final class Infra implements AutoCloseable {
    /** Platform threads: the parts hand their threads' properties on, and there are only three. */
    private static final Executor THREADS = task -> new Thread(task, "infra-part").start();

    private final List<Part> parts;

    private Infra(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Returns when all three are usable, the database, the topics and the bucket included.
     *
     * @throws PartFailed for the first part that failed; the others are stopped by then
     */
    public static Infra start(InfraSettings settings) {
        var starting =
                List.of(begin(() -> postgres(settings)), begin(() -> kafka(settings)), begin(() -> s3(settings)));
        var running = new ArrayList<Part>();
        Throwable failure = null;
        for (var part : starting) {
            try {
                running.add(part.join());
            } catch (CompletionException e) {
                if (failure == null) failure = e.getCause();
            }
        }
        var infra = new Infra(running);
        if (failure == null) return infra;
        infra.close();
        throw failure instanceof PartFailed known ? known : new PartFailed("infra", failure);
    }

    private static CompletableFuture<Part> begin(Supplier<Part> start) {
        return CompletableFuture.supplyAsync(start, THREADS);
    }

    private static Part postgres(InfraSettings settings) {
        var directory = settings.directory();
        return PostgresPart.start(
                directory.resolve("postgres"),
                directory.resolve("postgres-bin"),
                settings.postgresPort(),
                settings.dbPassword(),
                "parley",
                Map.of(),
                directory.resolve("postgres.log"));
    }

    private static Part kafka(InfraSettings settings) {
        var broker =
                KafkaPart.start(settings.directory().resolve("kafka"), settings.kafkaPort(), settings.controllerPort());
        try {
            broker.createTopics(SuiteTopics.names(), SuiteTopics.PARTITIONS);
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    private static Part s3(InfraSettings settings) {
        return S3Part.start(
                settings.directory().resolve("s3"),
                settings.s3Port(),
                settings.s3AccessKey(),
                settings.s3SecretKey(),
                settings.s3Bucket());
    }

    /** Done with the name of the first part that stops by itself. */
    public CompletableFuture<String> firstGone() {
        var gone = new CompletableFuture<String>();
        for (Part part : parts) part.gone().thenRun(() -> gone.complete(part.name()));
        return gone;
    }

    /** Stops the parts side by side and waits for all. Safe to call twice. */
    @Override
    public void close() {
        var stopping = parts.stream()
                .map(part -> CompletableFuture.runAsync(part::close, THREADS))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping).join();
    }
}
