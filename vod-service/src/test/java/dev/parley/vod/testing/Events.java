package dev.parley.vod.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** A topic's records from the beginning, as another service sees them. */
public final class Events implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final KafkaConsumer<String, String> consumer;
    private final List<JsonNode> seen = new ArrayList<>();

    public Events(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers()), new StringDeserializer(), new StringDeserializer());
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** The first record that fits; fails after 90 s. Its key is in the field "key". */
    public JsonNode await(String what, Predicate<JsonNode> wanted) throws Exception {
        long untilNs = System.nanoTime() + 90_000_000_000L;
        int looked = 0;
        while (true) {
            for (; looked < seen.size(); looked++) if (wanted.test(seen.get(looked))) return seen.get(looked);
            if (System.nanoTime() > untilNs) throw new AssertionError("no " + what + " among " + seen);
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                var node = (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(record.value());
                seen.add(node.put("key", record.key()));
            }
        }
    }

    /** The event of a playback's state. */
    public JsonNode await(String vodId, String state) throws Exception {
        return await(
                vodId + " " + state,
                e -> e.path("data").path("vodId").asText().equals(vodId)
                        && e.path("data").path("state").asText().equals(state));
    }

    /** States of a playback in the order of their events, as far as read. */
    public List<String> states(String vodId) {
        return seen.stream()
                .map(e -> e.path("data"))
                .filter(d -> d.path("vodId").asText().equals(vodId))
                .map(d -> d.path("state").asText())
                .toList();
    }

    public static void send(String topic, String key, Object value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, JSON.writeValueAsString(value)))
                    .get();
        }
    }

    private static String servers() {
        return ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
