package dev.parley.master.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.PlacementView;
import dev.parley.master.domain.NodeChange;
import dev.parley.master.domain.NodeChange.Type;
import dev.parley.master.domain.NodeWatch;
import dev.parley.master.domain.Now;
import dev.parley.master.domain.Placer;
import dev.parley.master.domain.Registry;
import dev.parley.testsupport.RealParts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two copies of master against one real PostgreSQL, fed by hand. The service's own node watch hears nothing here, so it calls nobody lost. */
@QuarkusTest
@TestProfile(TwoCopiesTest.NoBroker.class)
class TwoCopiesTest {
    /** Port 1 of this machine has no broker. */
    public static final class NoBroker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:1", "quarkus.log.category.\"org.apache.kafka\".level", "OFF");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(RealParts.class, Map.of("parts", "postgres")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final class Copy {
        final Registry registry = new Registry();
        final NodeWatch watch;
        final Placer placer;

        Copy(PgNodeStore nodes, PgPlacementStore placements) {
            watch = new NodeWatch(registry, nodes);
            placer = new Placer(registry, placements);
            watch.proved(0, new Now(0, 0));
        }
    }

    @Inject
    PgNodeStore nodes;

    @Inject
    PgPlacementStore placements;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private List<Copy> copies;

    @BeforeEach
    void makeCopies() {
        copies = List.of(new Copy(nodes, placements), new Copy(nodes, placements));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void eachJoinEachRestartAndEachLossIsWrittenByOneCopyOnly() throws Exception {
        for (int node = 0; node < 40; node++) {
            var first = beat("n" + node, "a" + node);
            assertEquals(List.of(Type.JOINED), types(onBoth(c -> c.watch.heard(first, new Now(1, 1)))), "node " + node);
            var second = beat("n" + node, "b" + node);
            assertEquals(
                    List.of(Type.LOST, Type.JOINED),
                    types(onBoth(c -> c.watch.heard(second, new Now(2, 2)))),
                    "node " + node);
        }
        var losses = onBoth(c -> {
            long nowMs = 0;
            for (; nowMs < 4_000; nowMs += 1_000) c.watch.proved(nowMs, new Now(nowMs, nowMs));
            return c.watch.sweep(new Now(nowMs, nowMs));
        });
        assertEquals(40, losses.size());
        assertEquals(40, losses.stream().map(l -> l.node().bootId()).distinct().count());
        assertTrue(losses.stream().allMatch(l -> l.type() == Type.LOST));
    }

    @Test
    @Tag("MRTC-ARC-05")
    @Tag("MRTC-ARC-06")
    void hundredsOfRequestsAgreeOnOneNodePerGenerationWhileNodesDie() throws Exception {
        for (int node = 0; node < 4; node++) {
            var beat = beat("m" + node, "m" + node);
            onBoth(c -> c.watch.heard(beat, new Now(1, 1)));
        }
        Map<String, String> nodeOf = new ConcurrentHashMap<>();
        var work = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 600; i++) {
            var copy = copies.get(i % 2);
            String room = "room-" + i % 12 + "-" + run;
            work.add(() -> {
                var view = copy.placer.place(room, 1);
                String before = nodeOf.putIfAbsent(
                        room + " generation " + view.generation(), view.node().nodeId());
                if (before != null) assertEquals(before, view.node().nodeId(), room);
                return null;
            });
            if (i == 200 || i == 400) {
                String dying = i == 200 ? "m0" : "m1";
                work.add(() -> {
                    nodes.lose(dying + "-" + run, dying + "-" + run, 2); // both copies still take it for alive
                    return null;
                });
            }
        }
        for (var done : threads.invokeAll(work)) done.get();
        for (int i = 0; i < 12; i++) {
            String room = "room-" + i + "-" + run;
            PlacementView one = copies.get(0).placer.place(room, 1);
            PlacementView other = copies.get(1).placer.place(room, 1);
            assertEquals(one.node().bootId(), other.node().bootId());
            assertEquals(one.generation(), other.generation());
            assertTrue(one.node().nodeId().matches("m[23]-.*"), one.toString());
            assertTrue(one.generation() <= 3, "moved more often than nodes died: " + one);
        }
    }

    private List<NodeChange> onBoth(Function<Copy, List<NodeChange>> what) throws Exception {
        var changes = new ArrayList<NodeChange>();
        var work = copies.stream()
                .map(c -> (Callable<List<NodeChange>>) () -> what.apply(c))
                .toList();
        for (var done : threads.invokeAll(work)) changes.addAll(done.get());
        return changes;
    }

    private NodeHeartbeat beat(String nodeId, String bootId) {
        return new NodeHeartbeat(
                nodeId + "-" + run,
                bootId + "-" + run,
                NodeKind.RELAY,
                "http://127.0.0.1:1",
                null,
                "",
                0.1,
                0,
                false,
                0);
    }

    private static List<Type> types(List<NodeChange> changes) {
        return changes.stream().map(NodeChange::type).toList();
    }
}
