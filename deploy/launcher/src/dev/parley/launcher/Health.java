package dev.parley.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Whether a process can be used yet. */
final class Health {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final long LOOK_EVERY_MS = 50;

    private Health() {}

    /** Asks {@code /q/health/ready}. */
    static boolean ready(Service service, Ports ports) {
        var request = HttpRequest.newBuilder(URI.create(service.url(ports) + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The infra process says so by a line of its own. */
    static boolean infraReady(Layout layout) {
        Path log = layout.log("infra");
        try (var lines = Files.lines(log)) {
            return lines.anyMatch(line -> line.startsWith("INFRA-READY"));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    /**
     * Looks again and again until {@code ready}. The launcher has nothing else to do meanwhile.
     *
     * @throws Fault with the end of the log when the process ends first or the time is over
     */
    static void await(String name, ProcessHandle process, Duration longest, Layout layout, BooleanSupplier ready) {
        long endNs = System.nanoTime() + longest.toNanos();
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) throw new Fault(name + " ended while starting\n" + Logs.end(layout.log(name), 25));
            if (System.nanoTime() > endNs) {
                throw new Fault(name + " is not ready after " + longest.toSeconds() + " s\n" + Logs.end(layout.log(name), 25));
            }
            try {
                Thread.sleep(LOOK_EVERY_MS);
            } catch (InterruptedException e) {
                throw new Fault("interrupted");
            }
        }
    }
}
