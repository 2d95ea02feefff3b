package dev.parley.testsupport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.infra.SuiteTopics;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag(Containers.TAG)
class RealPartsTest {
    @Test
    void postgresAnswersToThePasswordAndToNoOther() throws Exception {
        var settings = RealParts.settings("postgres");
        String url = "jdbc:" + settings.get("PARLEY_DB_URL");
        String user = settings.get("PARLEY_DB_USER");
        try (var connection = DriverManager.getConnection(url, user, settings.get("PARLEY_DB_PASSWORD"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select current_database(), current_setting('server_version_num')::int")) {
            assertTrue(rows.next());
            assertEquals("parley", rows.getString(1));
            assertTrue(rows.getInt(2) >= 180_000, "PostgreSQL 18, not " + rows.getInt(2));
        }
        var refused = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(url, user, "wrong").close());
        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void kafkaKeepsWhatIsSentInOrderAndHasTheSuitesTopics() throws Exception {
        var bootstrap = RealParts.settings("kafka").get("KAFKA_BOOTSTRAP_SERVERS");
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            var topics = admin.listTopics().names().get(60, TimeUnit.SECONDS);
            assertTrue(topics.containsAll(SuiteTopics.names()), () -> "only " + topics);
        }
        String topic = "t-" + UUID.randomUUID();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap),
                new StringSerializer(),
                new StringSerializer())) {
            for (String value : List.of("one", "two", "three")) producer.send(new ProducerRecord<>(topic, "k", value));
            producer.flush();
        }
        Map<String, Object> reading =
                Map.of("bootstrap.servers", bootstrap, "group.id", topic, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            var seen = new ArrayList<String>();
            while (seen.size() < 3) consumer.poll(Duration.ofMillis(200)).forEach(r -> seen.add(r.value()));
            assertEquals(List.of("one", "two", "three"), seen);
        }
    }

    @Test
    void s3KeepsAnObjectAndChecksTheSignature() throws Exception {
        var settings = RealParts.settings("s3");
        byte[] body = "记录 recording".getBytes(StandardCharsets.UTF_8);
        String key = "rooms/" + UUID.randomUUID() + ".bin";
        var client = client(settings, settings.get("PARLEY_S3_SECRET_KEY"));
        client.putObject(PutObjectArgs.builder().bucket(settings.get("PARLEY_S3_BUCKET")).object(key).stream(
                        new ByteArrayInputStream(body), (long) body.length, -1L)
                .build());
        try (var found = client.getObject(get(settings, key))) {
            assertArrayEquals(body, found.readAllBytes());
        }
        var thief = client(settings, "wrong-" + UUID.randomUUID());
        var refused = assertThrows(ErrorResponseException.class, () -> thief.getObject(get(settings, key)));
        assertEquals("SignatureDoesNotMatch", refused.errorResponse().code());
    }

    @Test
    void aPartThatRunsIsGivenAgainAndNotStartedTwice() {
        assertEquals(RealParts.settings("kafka"), RealParts.settings("kafka"));
        assertTrue(RealParts.settings("postgres,s3").keySet().containsAll(List.of("PARLEY_DB_URL", "PARLEY_S3_URL")));
    }

    @Test
    void anUnknownPartIsRefusedByName() {
        var refused = assertThrows(IllegalStateException.class, () -> RealParts.settings("mongodb"));
        assertTrue(refused.getMessage().contains("mongodb"), refused.getMessage());
    }

    private static GetObjectArgs get(Map<String, String> settings, String key) {
        return GetObjectArgs.builder()
                .bucket(settings.get("PARLEY_S3_BUCKET"))
                .object(key)
                .build();
    }

    private static MinioClient client(Map<String, String> settings, String secretKey) {
        return MinioClient.builder()
                .endpoint(settings.get("PARLEY_S3_URL"))
                .credentials(settings.get("PARLEY_S3_ACCESS_KEY"), secretKey)
                .region(settings.get("PARLEY_S3_REGION"))
                .build();
    }
}
