package dev.parley.master.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.master.domain.NodeCost.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NodeCostTest {
    @Test
    void theLessLoadedNodeIsChosen() {
        assertChosen("b", List.of(node("a", 0.5, 0), node("b", 0.2, 90)));
    }

    @Test
    void amongNodesOfAboutEqualLoadTheOneWithFewerRoomsIsChosen() {
        assertChosen("b", List.of(node("a", 0.21, 9), node("b", 0.24, 3)));
    }

    @Test
    void anImpossibleLoadCountsAsFull() {
        assertChosen("b", List.of(node("a", Double.NaN, 0), node("b", 0.9, 50)));
        assertEquals(NodeCost.loadSteps(node("a", 1, 0)), NodeCost.loadSteps(node("a", 7, 0)));
        assertEquals(0, NodeCost.loadSteps(node("a", -3, 0)));
    }

    @Test
    void loadStepsAreNotShiftedByRounding() {
        for (int step = 0; step <= 20; step++) assertEquals(step, NodeCost.loadSteps(node("a", step * 0.05, 0)));
    }

    @Test
    void aFullNodeIsBetterThanNone() {
        assertChosen("a", List.of(node("a", 1, 400)));
    }

    @Test
    void nothingIsChosenWhenAllDrainOrAreOfAnotherKind() {
        var draining = new Candidate(view("a", NodeKind.RELAY, 0, 0, true), 0);
        var recorder = new Candidate(view("b", NodeKind.RECORDER, 0, 0, false), 0);
        assertEquals(Optional.empty(), NodeCost.choose(List.of(draining, recorder), NodeKind.RELAY, "room"));
        assertEquals(Optional.empty(), NodeCost.choose(List.of(), NodeKind.RELAY, "room"));
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noCheaperNodeIsEverPassedOverAndTheOrderOfTheListDoesNotMatter(long seed) {
        var random = new Random(seed);
        var nodes = new ArrayList<Candidate>();
        for (int i = 0, n = 1 + random.nextInt(12); i < n; i++) {
            var kind = NodeKind.values()[random.nextInt(3)];
            nodes.add(new Candidate(
                    view("n" + i, kind, random.nextDouble(), random.nextInt(50), random.nextInt(4) == 0),
                    random.nextInt(5)));
        }
        var chosen = NodeCost.choose(nodes, NodeKind.RELAY, "room-" + seed);
        Collections.shuffle(nodes, random);
        assertEquals(chosen, NodeCost.choose(nodes, NodeKind.RELAY, "room-" + seed), "seed " + seed);
        var usable = nodes.stream()
                .filter(c -> c.node().kind() == NodeKind.RELAY && !c.node().draining())
                .toList();
        assertEquals(usable.isEmpty(), chosen.isEmpty(), "seed " + seed);
        if (chosen.isEmpty()) return;
        assertFalse(chosen.get().draining(), "seed " + seed);
        var best = usable.stream()
                .filter(c -> c.node().equals(chosen.get()))
                .findFirst()
                .orElseThrow();
        for (var other : usable) {
            int steps = Integer.compare(NodeCost.loadSteps(best), NodeCost.loadSteps(other));
            assertTrue(steps <= 0, "seed " + seed);
            int rooms = Integer.compare(
                    best.node().rooms() + best.newRooms(), other.node().rooms() + other.newRooms());
            assertTrue(steps < 0 || rooms <= 0, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("MRTC-ARC-05")
    void aBurstBetweenTwoHeartbeatsIsSpreadEvenlyOverEqualNodes(long seed) {
        int nodes = 2 + (int) (seed % 5);
        Map<String, Integer> given = new HashMap<>();
        for (int i = 0; i < nodes; i++) given.put("n" + i, 0);
        for (int room = 0; room < 100; room++) {
            var candidates = given.entrySet().stream()
                    .map(e -> new Candidate(view(e.getKey(), NodeKind.RELAY, 0.1, 3, false), e.getValue()))
                    .toList();
            var chosen = NodeCost.choose(candidates, NodeKind.RELAY, "room-" + seed + "-" + room)
                    .orElseThrow();
            given.merge(chosen.nodeId(), 1, Integer::sum);
        }
        int most = Collections.max(given.values());
        int least = Collections.min(given.values());
        // Within one load step the rooms decide, so the counts are never more than a step's worth of rooms apart.
        assertTrue(most - least <= 1, given + ", seed " + seed);
    }

    @Test
    @Tag("MRTC-ARC-05")
    void aBurstDoesNotPileUpOnTheNodeThatWasIdle() {
        Map<String, Integer> given = new HashMap<>(Map.of("idle", 0, "busy", 0));
        for (int room = 0; room < 100; room++) {
            var candidates = List.of(
                    new Candidate(view("idle", NodeKind.RELAY, 0, 0, false), given.get("idle")),
                    new Candidate(view("busy", NodeKind.RELAY, 0.4, 40, false), given.get("busy")));
            given.merge(
                    NodeCost.choose(candidates, NodeKind.RELAY, "r" + room)
                            .orElseThrow()
                            .nodeId(),
                    1,
                    Integer::sum);
        }
        assertTrue(given.get("idle") > given.get("busy"), given.toString());
        assertTrue(given.get("busy") >= 20, given.toString());
    }

    private static void assertChosen(String nodeId, List<Candidate> nodes) {
        assertEquals(
                nodeId,
                NodeCost.choose(nodes, NodeKind.RELAY, "room").orElseThrow().nodeId());
    }

    private static Candidate node(String id, double load, int rooms) {
        return new Candidate(view(id, NodeKind.RELAY, load, rooms, false), 0);
    }

    private static NodeView view(String id, NodeKind kind, double load, int rooms, boolean draining) {
        return new NodeView(id, "boot-" + id, kind, "http://127.0.0.1:1", null, "", load, rooms, draining, 0);
    }
}
