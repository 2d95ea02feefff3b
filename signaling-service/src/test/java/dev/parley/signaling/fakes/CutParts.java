package dev.parley.signaling.fakes;

import dev.parley.infra.FreePort;
import dev.parley.infra.KafkaPart;
import dev.parley.infra.SuiteTopics;
import dev.parley.testsupport.RealParts;
import dev.parley.testsupport.net.Cable;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Real PostgreSQL and Kafka, each behind a cable that a test can pull out. */
public final class CutParts implements QuarkusTestResourceLifecycleManager {
    public static Cable postgres;
    public static Cable kafka;
    private KafkaPart broker;
    private Path directory;

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(RealParts.settings("postgres,s3"));
        URI url = URI.create(settings.get("PARLEY_DB_URL"));
        postgres = Cable.to(url.getPort());
        settings.put("PARLEY_DB_URL", "postgresql://127.0.0.1:" + postgres.port() + url.getPath());
        try {
            directory = Files.createTempDirectory("parley-cut-kafka");
            int port = FreePort.find();
            kafka = Cable.to(port);
            broker = KafkaPart.start(directory, port, FreePort.find(), kafka.port());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker.createTopics(SuiteTopics.names(), 1);
        settings.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka.port());
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + kafka.port());
        for (String noisy : new String[] {"kafka", "org.apache.kafka", "state"})
            settings.put("quarkus.log.category.\"" + noisy + "\".level", "ERROR");
        return settings;
    }

    @Override
    public void stop() {
        try {
            postgres.close();
            kafka.close();
            broker.close();
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
