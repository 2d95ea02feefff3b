package dev.parley.master.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.event.CloudEvent;
import dev.parley.contracts.event.Topics;
import dev.parley.contracts.node.NodeHeartbeat;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads {@code node.heartbeats}: all partitions, from now on, without a consumer group, since every copy of master wants all of it. Besides
 * the heartbeats it tells when everything that the log held at some instant has been read: only then does silence mean anything. Used by
 * one thread.
 */
final class HeartbeatLog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HeartbeatLog.class);
    private static final TypeReference<CloudEvent<NodeHeartbeat>> EVENT = new TypeReference<>() {};
    private static final Duration ASK = Duration.ofMillis(500);
    private static final long PROOF_EVERY_MS = 500;
    private static final long PARTITIONS_EVERY_MS = 10_000;

    private final KafkaConsumer<String, String> consumer;
    private final ObjectMapper json;
    private Set<TopicPartition> partitions = Set.of();
    private Map<TopicPartition, Long> wantedEnds = Map.of();
    private long wantedAsOfMs;
    private long askedMs = Long.MIN_VALUE / 2;
    private long partitionsMs = Long.MIN_VALUE / 2;

    HeartbeatLog(String bootstrapServers, ObjectMapper json) {
        this.json = json;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        200,
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        2_000),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /**
     * Waits up to 100 ms for heartbeats.
     *
     * @param proved called with the monotonic instant up to which the log has been read to its end
     */
    void poll(long monoMs, Consumer<NodeHeartbeat> heard, Consumer<Long> proved) {
        try {
            if (monoMs - partitionsMs >= PARTITIONS_EVERY_MS || partitions.isEmpty()) findPartitions(monoMs);
            if (partitions.isEmpty()) return;
            if (wantedEnds.isEmpty() && monoMs - askedMs >= PROOF_EVERY_MS) askForEnds(monoMs);
        } catch (TimeoutException e) { // the broker is slow or away: no proof this time, what was assigned goes on
            if (partitions.isEmpty()) return;
        }
        for (var record : consumer.poll(Duration.ofMillis(100))) read(record.value(), heard);
        if (!wantedEnds.isEmpty() && reached(wantedEnds)) {
            wantedEnds = Map.of();
            proved.accept(wantedAsOfMs);
        }
    }

    private void findPartitions(long monoMs) {
        partitionsMs = monoMs; // also when it fails: asking takes time that heartbeats need
        var found = consumer.partitionsFor(Topics.NODE_HEARTBEATS, ASK).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .collect(Collectors.toSet());
        if (!found.equals(partitions)) {
            consumer.assign(found);
            partitions = found;
            wantedEnds = Map.of();
        }
    }

    private void askForEnds(long monoMs) {
        askedMs = monoMs;
        wantedEnds = Map.copyOf(consumer.endOffsets(partitions, ASK));
        wantedAsOfMs = monoMs; // before the question, so that the proof never claims too much
    }

    private boolean reached(Map<TopicPartition, Long> ends) {
        try {
            return ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey(), ASK) >= e.getValue());
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void read(String value, Consumer<NodeHeartbeat> heard) {
        try {
            var beat = json.readValue(value, EVENT).data();
            if (usable(beat)) heard.accept(beat);
            else LOG.warnf("dropped a heartbeat without nodeId, bootId, kind or url");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warnf(
                    "dropped a heartbeat that cannot be read: %s", e.getClass().getSimpleName());
        }
    }

    private static boolean usable(NodeHeartbeat beat) {
        return beat != null
                && beat.nodeId() != null
                && !beat.nodeId().isEmpty()
                && beat.nodeId().length() <= 64
                && beat.bootId() != null
                && !beat.bootId().isEmpty()
                && beat.kind() != null
                && beat.url() != null;
    }

    /** Ends a poll from another thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        try {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        } catch (KafkaException e) {
            LOG.debug("closing the consumer failed", e);
        }
    }
}
