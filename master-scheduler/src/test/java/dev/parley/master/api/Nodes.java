package dev.parley.master.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.event.Topics;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Nodes as the real ones show themselves: heartbeats once a second on the real broker; and a reader of {@code node.events}. */
final class Nodes implements AutoCloseable {
    private static final TypeReference<CloudEvent<NodeEvent>> EVENT = new TypeReference<>() {};

    private final ObjectMapper json = new ObjectMapper();
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, ScheduledFuture<?>> beating = new ConcurrentHashMap<>();
    private final List<CloudEvent<NodeEvent>> events = new ArrayList<>();

    Nodes(String bootstrapServers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        var partitions = consumer.partitionsFor(Topics.NODE_EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, not at the first poll
    }

    void start(String nodeId, String bootId, NodeKind kind, double load, int rooms) {
        stop(nodeId);
        beating.put(
                nodeId,
                timer.scheduleAtFixedRate(() -> beat(nodeId, bootId, kind, load, rooms), 0, 1, TimeUnit.SECONDS));
    }

    void stop(String nodeId) {
        var task = beating.remove(nodeId);
        if (task != null) task.cancel(false);
    }

    void raw(String key, String value) {
        producer.send(new ProducerRecord<>(Topics.NODE_HEARTBEATS, key, value));
    }

    /** The first event, of all since the start, that fits. */
    CloudEvent<NodeEvent> await(String type, Predicate<NodeEvent> fits, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        do {
            for (var event : events) if (event.type().equals(type) && fits.test(event.data())) return event;
            read(Duration.ofMillis(50));
        } while (System.nanoTime() < end);
        throw new AssertionError("no " + type + " within " + atMost + "; saw " + events);
    }

    List<String> typesFor(String bootId) {
        read(Duration.ofMillis(200));
        return events.stream()
                .filter(e -> e.data().bootId().equals(bootId))
                .map(CloudEvent::type)
                .toList();
    }

    private void read(Duration wait) {
        for (var record : consumer.poll(wait)) {
            try {
                var event = json.readValue(record.value(), EVENT);
                if (!record.key().equals(event.subject()))
                    throw new AssertionError("key is not the subject: " + record);
                events.add(event);
            } catch (JsonProcessingException e) {
                throw new AssertionError("unreadable event " + record.value(), e);
            }
        }
    }

    private void beat(String nodeId, String bootId, NodeKind kind, double load, int rooms) {
        long nowMs = System.currentTimeMillis();
        var media = kind == NodeKind.RELAY ? new MediaAddress("127.0.0.1", 7111, "ab".repeat(32)) : null;
        var beat =
                new NodeHeartbeat(nodeId, bootId, kind, "http://127.0.0.1:7103", media, "", load, rooms, false, nowMs);
        try {
            raw(
                    nodeId,
                    json.writeValueAsString(
                            CloudEvent.of("relay/" + nodeId, "node.heartbeat.v1", nodeId, nowMs, beat)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close();
        consumer.close();
    }
}
