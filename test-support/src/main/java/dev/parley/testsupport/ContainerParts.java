package dev.parley.testsupport;

import dev.parley.infra.SuiteTopics;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The same parts as in {@link JvmParts}, as containers: the servers that people run, in the images of deploy/compose.yaml. Testcontainers'
 * Ryuk removes them when the JVM has ended. Called under the lock of {@link JvmParts}.
 */
final class ContainerParts {
    private static final String POSTGRES_IMAGE = "postgres:18";
    private static final String KAFKA_IMAGE = "apache/kafka:4.1.1";
    private static final String MINIO_IMAGE = "minio/minio:latest";
    private static final int ADMIN_TIMEOUT_SECONDS = 20;

    private ContainerParts() {}

    /** Starts a part and returns its settings, of the same names as those of the embedded one. */
    @SuppressWarnings("resource") // lives until the JVM ends
    static Map<String, String> postgres() {
        var server = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withDatabaseName("parley")
                .withUsername("postgres")
                .withPassword(UUID.randomUUID().toString());
        server.start();
        String url = "postgresql://" + server.getHost() + ":"
                + server.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/parley";
        return Map.of(
                "PARLEY_DB_URL",
                url,
                "PARLEY_DB_USER",
                server.getUsername(),
                "PARLEY_DB_PASSWORD",
                server.getPassword());
    }

    /** Returns the bootstrap servers of a broker that has the suite's topics, with one partition each. */
    @SuppressWarnings("resource")
    static String kafka() {
        var broker = new KafkaContainer(KAFKA_IMAGE);
        broker.start();
        String bootstrap = broker.getBootstrapServers();
        var topics = SuiteTopics.names().stream().map(name -> new NewTopic(name, 1, (short) 1));
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(topics.toList()).all().get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) { // each of the three that get() throws means the same here
            throw new IllegalStateException("Kafka in its container made no topics", e);
        }
        return bootstrap;
    }

    /** Returns the address of a server that has the bucket. */
    @SuppressWarnings("resource")
    static String s3(String accessKey, String secretKey, String bucket, String region) {
        var server = new MinIOContainer(MINIO_IMAGE).withUserName(accessKey).withPassword(secretKey);
        server.start();
        try {
            MinioClient.builder()
                    .endpoint(server.getS3URL())
                    .credentials(accessKey, secretKey)
                    .region(region)
                    .build()
                    .makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        } catch (Exception e) { // the client declares many, none of which a test can cure
            throw new IllegalStateException("MinIO in its container made no bucket", e);
        }
        return server.getS3URL();
    }
}
