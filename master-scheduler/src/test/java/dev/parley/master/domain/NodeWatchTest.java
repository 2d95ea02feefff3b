package dev.parley.master.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
    private final FakeStore store = new FakeStore();
    private final Registry registry = new Registry();
    private final NodeWatch watch = new NodeWatch(registry, store);
    private long nowMs;

    @Test
    @Tag("MRTC-ARC-06")
    void aSilentNodeIsLostAfterThreeMissedHeartbeatsAndOnce() {
        beat("r1", "b1");
        assertEquals(List.of(), pass(3_100));
        assertEquals(List.of("LOST r1 b1"), pass(400));
        assertEquals(List.of(), pass(10_000));
        assertEquals(List.of(), registry.candidates());
    }

    @Test
    void aNodeThatGoesOnBeatingIsNeverLost() {
        for (int i = 0; i < 20; i++) {
            beat("r1", "b1");
            assertEquals(List.of(), pass(1_000));
        }
    }

    @Test
    void aNewBootOfAKnownNodeIsALossAndAJoin() {
        assertEquals(List.of("JOINED r1 b1"), beat("r1", "b1"));
        assertEquals(List.of("LOST r1 b1", "JOINED r1 b2"), beat("r1", "b2"));
    }

    @Test
    void oldNewsReadAfterAPauseChangeNothingThatOtherCopiesHaveDecided() {
        beat("r1", "b1");
        var other = new NodeWatch(new Registry(), store); // reads on while this copy is cut off
        other.proved(nowMs, now());
        other.heard(heartbeat("r1", "b2"), now());
        other.heard(heartbeat("r1", "b3"), now());
        int decided = store.changes.size();
        nowMs += 10_000;
        watch.heard(heartbeat("r1", "b2"), now());
        watch.heard(heartbeat("r1", "b3"), now());
        watch.proved(nowMs, now());
        watch.reconcile(now());
        assertEquals(decided, store.changes.size());
        assertEquals("b3", registry.candidates().getFirst().node().bootId());
    }

    @Test
    void aDeadNodesOldHeartbeatsReadAfterAPauseDoNotBringItBack() {
        beat("r1", "b1");
        store.lose("r1", "b1", 0);
        nowMs += 10_000;
        watch.heard(heartbeat("r1", "b1"), now());
        watch.proved(nowMs, now());
        assertEquals(List.of(), texts(watch.reconcile(now())));
        assertEquals(List.of(), pass(5_000));
    }

    @Test
    void aNodeThatAnotherCopyCalledLostInErrorJoinsAgain() {
        beat("r1", "b1");
        store.lose("r1", "b1", 0);
        nowMs += 1_000;
        beat("r1", "b1");
        assertEquals(List.of("JOINED r1 b1"), texts(watch.reconcile(now())));
    }

    @Test
    void aLateHeartbeatOfAnOlderBootIsIgnored() {
        beat("r1", "b1");
        beat("r1", "b2");
        assertEquals(List.of(), beat("r1", "b1"));
        assertEquals("b2", registry.find("r1").orElseThrow().bootId());
    }

    @Test
    void aLostNodeThatIsHeardAgainJoinsAgain() {
        beat("r1", "b1");
        pass(3_500);
        assertEquals(List.of("JOINED r1 b1"), beat("r1", "b1"));
    }

    @Test
    void nobodyIsLostWhileTheLogCannotBeReadAndAllGetTheirFullTimeAfterwards() {
        beat("r1", "b1");
        nowMs += 60_000; // the broker was away, or this process was stopped
        assertEquals(List.of(), sweep());
        watch.proved(nowMs, now());
        assertEquals(List.of(), sweep());
        assertEquals(List.of(), pass(3_100));
        assertEquals(List.of("LOST r1 b1"), pass(400));
    }

    @Test
    void aNodeThatDiedWhileNoMasterRanIsLostOnceTheNewOneHasListenedLongEnough() {
        beat("r1", "b1");
        var newRegistry = new Registry();
        var newWatch = new NodeWatch(newRegistry, store);
        nowMs += 100_000;
        newWatch.proved(nowMs, now());
        newWatch.reconcile(now());
        assertEquals("b1", newRegistry.find("r1").orElseThrow().bootId(), "known at once from the database");
        var changes = new ArrayList<String>();
        for (int i = 0; i < 34; i++) {
            nowMs += 100;
            newWatch.proved(nowMs, now());
            changes.addAll(texts(newWatch.sweep(now())));
        }
        assertEquals(List.of("LOST r1 b1"), changes);
    }

    @Test
    void aNodeThatCameWhileTheDatabaseWasAwayJoinsWhenItIsBack() {
        store.away = true;
        assertThrows(RefusedException.class, () -> beat("r1", "b1"));
        assertEquals(List.of(), registry.candidates(), "no copy can place on it yet");
        store.away = false;
        nowMs += 100;
        beat("r1", "b1");
        assertEquals(List.of("JOINED r1 b1"), texts(watch.reconcile(now())));
        assertEquals(1, registry.candidates().size());
    }

    @Test
    void aLossThatCouldNotBeWrittenIsWrittenLater() {
        beat("r1", "b1");
        store.away = true;
        assertThrows(RefusedException.class, () -> pass(3_500));
        store.away = false;
        assertEquals(List.of("LOST r1 b1"), pass(300));
    }

    @Test
    void drainingIsLearntFromTheDatabaseAndEndsWithTheBoot() {
        beat("r1", "b1");
        store.drain("r1", 0);
        watch.reconcile(now());
        assertTrue(registry.find("r1").orElseThrow().draining());
        beat("r1", "b2");
        watch.reconcile(now());
        assertEquals(false, registry.find("r1").orElseThrow().draining());
    }

    @Test
    void aRunawayWriterOfHeartbeatsDoesNotFillTheMemory() {
        for (int i = 0; i < Registry.NODES_MAX + 50; i++) registry.hear(heartbeat("n" + i, "b"), now());
        assertEquals(Registry.NODES_MAX, registry.heardSince(-1).size());
    }

    private List<String> beat(String nodeId, String bootId) {
        watch.proved(nowMs, now());
        return texts(watch.heard(heartbeat(nodeId, bootId), now()));
    }

    /** Time goes by with the log read to its end every 100 ms. */
    private List<String> pass(long ms) {
        var changes = new ArrayList<String>();
        for (long end = nowMs + ms; nowMs < end; ) {
            nowMs += 100;
            watch.proved(nowMs, now());
            changes.addAll(sweep());
        }
        return changes;
    }

    private List<String> sweep() {
        return texts(watch.sweep(now()));
    }

    private Now now() {
        return new Now(nowMs, 1_760_000_000_000L + nowMs);
    }

    private static NodeHeartbeat heartbeat(String nodeId, String bootId) {
        return new NodeHeartbeat(nodeId, bootId, NodeKind.RELAY, "http://127.0.0.1:1", null, "", 0, 0, false, 0);
    }

    private static List<String> texts(List<NodeChange> changes) {
        return changes.stream()
                .map(c -> c.type() + " " + c.node().nodeId() + " " + c.node().bootId())
                .toList();
    }
}
