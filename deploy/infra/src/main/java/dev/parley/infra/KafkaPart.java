package dev.parley.infra;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: KRaft, broker and controller combined, one copy of everything, on 127.0.0.1. The timings are for
 * one node: an election among one needs no patience.
 */
public final class KafkaPart implements Part {
    private static final int NODE_ID = 1;
    private static final int ADMIN_TIMEOUT_SECONDS = 20;

    private static final String FIXED_SETTINGS = """
            process.roles=broker,controller
            controller.listener.names=CONTROLLER
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.quorum.election.timeout.ms=200
            controller.quorum.fetch.timeout.ms=400
            controller.quorum.election.backoff.max.ms=100
            group.initial.rebalance.delay.ms=0
            # A broker that was killed is let in again only when its last session is over (default 9 s).
            broker.session.timeout.ms=2000
            broker.heartbeat.interval.ms=500
            # The broker ends the whole process when it is not registered by then (default 60 s), which a busy machine may take.
            initial.broker.registration.timeout.ms=300000
            broker.heartbeat.interval.ms=500
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=4
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=2
            share.coordinator.state.topic.replication.factor=1
            num.partitions=4
            log.retention.hours=24
            log.segment.bytes=67108864
            # The default of 128 MiB would be the whole heap.
            log.cleaner.dedupe.buffer.size=4194304
            num.network.threads=2
            num.io.threads=2
            background.threads=2
            """;

    private final KafkaRaftServer server;
    private final int port;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private boolean closed;

    private KafkaPart(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
        Thread.ofPlatform().daemon().name("kafka-watch").start(() -> {
            server.awaitShutdown();
            gone.complete(null);
        });
    }

    /**
     * @param directory      the log; formatted at first use
     * @param port           of the broker; 0 takes a free one
     * @param controllerPort of the controller; 0 takes a free one
     * @throws PartFailed when the broker cannot start
     */
    public static KafkaPart start(Path directory, int port, int controllerPort) {
        try {
            int brokerPort = port == 0 ? FreePort.find() : port;
            return start(directory, brokerPort, controllerPort == 0 ? FreePort.find() : controllerPort, brokerPort);
        } catch (IOException e) {
            throw new PartFailed("kafka", e);
        }
    }

    /** The same for a broker that clients reach by another port, {@code toldPort}: it tells them to come there. */
    public static KafkaPart start(Path directory, int brokerPort, int controllerPort, int toldPort) {
        try {
            var settings = settings(directory, brokerPort, controllerPort, toldPort);
            format(directory);
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
            server.startup();
            return new KafkaPart(server, brokerPort);
        } catch (Exception e) { // the formatter declares Exception
            throw new PartFailed("kafka", e);
        }
    }

    private static Properties settings(Path directory, int port, int controllerPort, int toldPort) throws IOException {
        var settings = new Properties();
        settings.load(new StringReader(FIXED_SETTINGS));
        String broker = "PLAINTEXT://127.0.0.1:" + port;
        settings.setProperty("node.id", Integer.toString(NODE_ID));
        settings.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.setProperty("listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + toldPort);
        settings.setProperty("log.dirs", directory.toString());
        return settings;
    }

    private static void format(Path directory) throws Exception {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve("meta.properties"))) return;
        var said = new ByteArrayOutputStream();
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(out)
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .run();
        }
    }

    /**
     * Creates the topics that are missing and returns when the broker knows them all.
     *
     * @param partitions of each new topic; those that exist keep theirs
     */
    public void createTopics(Collection<String> topics, int partitions) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            var wanted = topics.stream().map(topic -> new NewTopic(topic, partitions, (short) 1));
            for (var answer : admin.createTopics(wanted.toList()).values().values()) {
                try {
                    answer.get(ADMIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) throw e;
                }
            }
        } catch (Exception e) { // each of the three that get() throws means the same here
            throw new PartFailed("kafka topics", e);
        }
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        server.shutdown();
        server.awaitShutdown();
    }
}
