package dev.parley.testsupport;

import dev.parley.infra.KafkaPart;
import dev.parley.infra.Part;
import dev.parley.infra.PostgresPart;
import dev.parley.infra.S3Part;
import dev.parley.infra.SuiteTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The parts of this JVM: started when first asked for, stopped by a shutdown hook. Reached through {@link RealParts}, which names it
 * by reflection: see there. Thread safe.
 */
public final class JvmParts {
    private static final Map<String, Map<String, String>> SETTINGS_BY_PART = new HashMap<>();
    private static final Deque<Part> RUNNING = new ArrayDeque<>();
    /** Kept here because java.util.logging forgets a logger, and its level, that nobody holds. */
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka", "org.gaul", "state")
            .map(Logger::getLogger)
            .toList();

    private static Path directory;

    private JvmParts() {}

    /** The settings of the named parts; starts what does not run yet. Called by reflection. */
    public static synchronized Map<String, String> start(String parts) {
        var settings = new LinkedHashMap<String, String>();
        for (String part : parts.split(",")) {
            settings.putAll(SETTINGS_BY_PART.computeIfAbsent(part.strip(), JvmParts::startOne));
        }
        return settings;
    }

    private static Map<String, String> startOne(String part) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(JvmParts.class.getClassLoader()); // threads that a part starts inherit it
        try {
            return switch (part) {
                case "postgres" -> postgres();
                case "kafka" -> kafka();
                case "s3" -> s3();
                default -> throw new IllegalArgumentException("no such part: " + part);
            };
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Map<String, String> postgres() {
        if (Containers.wanted()) return ContainerParts.postgres();
        String password = UUID.randomUUID().toString();
        // A test database may lose its data: not waiting for the disk makes every commit fast.
        var forgetful = Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
        var server = PostgresPart.start(
                directory().resolve("postgres"),
                TestDirectories.postgresBinaries(),
                0,
                password,
                "parley",
                forgetful,
                directory().resolve("postgres.log"));
        RUNNING.push(server);
        return Map.of(
                "PARLEY_DB_URL", server.url(), "PARLEY_DB_USER", PostgresPart.USER, "PARLEY_DB_PASSWORD", password);
    }

    private static Map<String, String> kafka() {
        String bootstrap = Containers.wanted() ? ContainerParts.kafka() : embeddedKafka();
        var settings = new HashMap<String, String>();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        settings.put("kafka.bootstrap.servers", bootstrap);
        // Quarkus sets the levels anew when it starts.
        QUIET.forEach(logger -> settings.put("quarkus.log.category.\"" + logger.getName() + "\".level", "WARN"));
        return settings;
    }

    private static String embeddedKafka() {
        var broker = KafkaPart.start(directory().resolve("kafka"), 0, 0);
        RUNNING.push(broker);
        broker.createTopics(SuiteTopics.names(), 1);
        return broker.bootstrapServers();
    }

    private static Map<String, String> s3() {
        String accessKey = "test-" + UUID.randomUUID();
        String secretKey = UUID.randomUUID().toString();
        return Map.of(
                "PARLEY_S3_URL",
                Containers.wanted()
                        ? ContainerParts.s3(accessKey, secretKey, "parley", "us-east-1")
                        : embeddedS3(accessKey, secretKey),
                "PARLEY_S3_ACCESS_KEY",
                accessKey,
                "PARLEY_S3_SECRET_KEY",
                secretKey,
                "PARLEY_S3_BUCKET",
                "parley",
                "PARLEY_S3_REGION",
                "us-east-1");
    }

    private static String embeddedS3(String accessKey, String secretKey) {
        var server = S3Part.start(directory().resolve("s3"), 0, accessKey, secretKey, "parley");
        RUNNING.push(server);
        return server.url();
    }

    private static Path directory() {
        if (directory == null) {
            try {
                TestDirectories.sweep();
                directory = TestDirectories.create();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(JvmParts::stop, "stop-real-parts"));
        }
        return directory;
    }

    private static synchronized void stop() {
        while (!RUNNING.isEmpty()) RUNNING.pop().close();
        TestDirectories.delete(directory);
    }
}
