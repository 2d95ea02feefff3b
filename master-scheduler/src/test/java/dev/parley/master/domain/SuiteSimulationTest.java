package dev.parley.master.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.PlacementView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two copies of master, relays that start, die, restart and beat with jitter, copies whose link to Kafka breaks, rooms that are asked for
 * all the time; ten minutes in steps of 100 ms. A failure carries its seed.
 */
class SuiteSimulationTest {
    private static final int STEP_MS = 100;
    private static final int STEPS = 6_000;
    /** Threshold, one sweep, one step. */
    private static final long DETECTION_MAX_MS = 3_500;

    private static final class Relay {
        final String id;
        int boots;
        boolean running;
        long nextBeatMs;
        long diedAtMs;

        Relay(String id) {
            this.id = id;
        }

        String boot() {
            return id + "-boot-" + boots;
        }
    }

    private static final class Copy {
        final Registry registry = new Registry();
        final NodeWatch watch;
        final Placer placer;
        long cutUntilMs;
        final List<NodeHeartbeat> unread = new ArrayList<>();

        Copy(FakeStore store) {
            watch = new NodeWatch(registry, store);
            placer = new Placer(registry, store);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("MRTC-ARC-06")
    void theSuiteAgreesWhateverHappensToNodesAndLinks(long seed) {
        var random = new SplittableRandom(seed);
        var store = new FakeStore();
        var copies = List.of(new Copy(store), new Copy(store));
        var relays = new ArrayList<Relay>();
        for (int i = 0; i < 5; i++) relays.add(new Relay("relay-" + i));
        Map<String, Long> generations = new HashMap<>();
        Map<String, Integer> losses = new TreeMap<>();
        int told = 0;

        for (int step = 0; step < STEPS; step++) {
            long nowMs = (long) step * STEP_MS;
            var now = new Now(nowMs, 1_760_000_000_000L + nowMs);
            for (var relay : relays) live(relay, random, nowMs);
            for (var copy : copies) if (random.nextInt(600) == 0) copy.cutUntilMs = nowMs + random.nextInt(8_000);
            for (var relay : relays) {
                if (!relay.running || nowMs < relay.nextBeatMs) continue;
                relay.nextBeatMs = nowMs + 900 + random.nextInt(3) * STEP_MS;
                for (var copy : copies) copy.unread.add(beat(relay));
            }
            for (var copy : copies) {
                if (nowMs >= copy.cutUntilMs) { // reads all that came while it was cut off, in order, late
                    for (var beat : copy.unread) copy.watch.heard(beat, now);
                    copy.unread.clear();
                    copy.watch.proved(nowMs, now);
                }
                copy.watch.sweep(now);
                if (step % 10 == 0) copy.watch.reconcile(now);
            }
            for (; told < store.changes.size(); told++) {
                var change = store.changes.get(told);
                if (change.type() == NodeChange.Type.LOST) {
                    var relay = relay(relays, change.node().nodeId());
                    boolean gone =
                            !relay.running || !relay.boot().equals(change.node().bootId());
                    assertTrue(gone, "a living node was called lost: " + change + " at " + nowMs + ", seed " + seed);
                    losses.merge(change.node().bootId(), 1, Integer::sum);
                }
            }
            boolean aCopyListens = copies.stream().anyMatch(c -> nowMs - c.cutUntilMs > 5_000);
            for (var relay : relays) {
                boolean overdue =
                        !relay.running && relay.boots > 0 && nowMs - relay.diedAtMs > DETECTION_MAX_MS + STEP_MS;
                boolean believed = store.nodes.containsKey(relay.id)
                        && store.nodes.get(relay.id).alive();
                assertTrue(
                        !(overdue && believed && aCopyListens),
                        relay.id + " is dead and not lost, seed " + seed + " at " + nowMs);
            }
            askForRooms(copies, random, now, store, generations, seed);
        }
        losses.forEach((boot, times) -> assertEquals(1, times, "losses told of " + boot + ", seed " + seed));
        assertTrue(losses.size() > 5, "the simulation kills nodes, seed " + seed);
    }

    private static void askForRooms(
            List<Copy> copies,
            SplittableRandom random,
            Now now,
            FakeStore store,
            Map<String, Long> generations,
            long seed) {
        String room = "room-" + random.nextInt(20);
        PlacementView first = null;
        for (var copy : copies) {
            try {
                var view = copy.placer.place(room, now.wallMs());
                if (first != null) {
                    assertEquals(
                            first.node().bootId(),
                            view.node().bootId(),
                            "copies disagree on " + room + ", seed " + seed);
                    assertEquals(first.generation(), view.generation(), "seed " + seed);
                }
                first = view;
                var node = store.nodes.get(view.node().nodeId());
                assertTrue(
                        node.alive() && node.bootId().equals(view.node().bootId()),
                        "placed on a lost node, seed " + seed);
                long before = generations.getOrDefault(room, 0L);
                assertTrue(view.generation() >= before, "a generation went back, seed " + seed);
                generations.put(room, view.generation());
            } catch (RefusedException e) {
                assertEquals(ErrorCode.NO_NODE, e.code, "seed " + seed);
            }
        }
    }

    private static void live(Relay relay, SplittableRandom random, long nowMs) {
        if (!relay.running) {
            if (random.nextInt(50) != 0) return;
            relay.running = true;
            relay.boots++;
            relay.nextBeatMs = nowMs;
        } else if (random.nextInt(400) == 0) {
            relay.running = random.nextInt(3) == 0; // dies, or restarts within one step
            if (relay.running) {
                relay.boots++;
                relay.nextBeatMs = nowMs;
            } else {
                relay.diedAtMs = nowMs;
            }
        }
    }

    private static NodeHeartbeat beat(Relay relay) {
        return new NodeHeartbeat(
                relay.id,
                relay.boot(),
                NodeKind.RELAY,
                "http://" + relay.id,
                null,
                "",
                0.1,
                1,
                false,
                relay.nextBeatMs);
    }

    private static Relay relay(List<Relay> relays, String id) {
        return relays.stream().filter(r -> r.id.equals(id)).findFirst().orElseThrow();
    }
}
