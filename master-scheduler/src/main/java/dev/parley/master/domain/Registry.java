package dev.parley.master.domain;

import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.contracts.node.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes that this copy of master hears, with their load. Nothing in it is precious: a new copy rebuilds it from a second of heartbeats
 * and the database. Threads: any; one lock, never held over I/O.
 */
public final class Registry {
    /** Silence after which a node is lost: three heartbeats of a second each, and a little for jitter. */
    public static final long LOST_AFTER_MS = 3_200;
    /** More nodes than any suite has; a runaway writer of heartbeats cannot fill the memory. */
    public static final int NODES_MAX = 10_000;

    private static final int OLD_BOOTS_MAX = 8;

    /** What a heartbeat meant. */
    public enum Heard {
        /** A node, or a boot of it, that was not here before. */
        NEW,
        KNOWN,
        /** Of a boot that another has replaced, or one node too many: not taken. */
        IGNORED
    }

    /** {@code agreed}: the database had this boot as living once. */
    public record LastHeard(NodeHeartbeat beat, boolean agreed) {}

    private static final class Entry {
        NodeHeartbeat beat;
        Now seen;
        boolean heard;
        boolean draining;
        boolean agreed; // the database has this boot as living
        int given; // since the last heartbeat
        int givenBefore; // since the one before: its load may have been measured just before they came
        final List<String> oldBoots = new ArrayList<>();

        NodeView view() {
            return new NodeView(
                    beat.nodeId(),
                    beat.bootId(),
                    beat.kind(),
                    beat.url(),
                    beat.media(),
                    beat.region() == null ? "" : beat.region(),
                    beat.load(),
                    beat.rooms(),
                    beat.draining() || draining,
                    seen.wallMs());
        }
    }

    private final Map<String, Entry> nodes = new HashMap<>();

    public synchronized Heard hear(NodeHeartbeat beat, Now now) {
        var entry = nodes.get(beat.nodeId());
        if (entry == null) {
            if (nodes.size() >= NODES_MAX) return Heard.IGNORED;
            nodes.put(beat.nodeId(), entry(beat, now, true));
            return Heard.NEW;
        }
        if (entry.beat.bootId().equals(beat.bootId())) {
            entry.beat = beat;
            entry.seen = now;
            entry.heard = true;
            entry.givenBefore = entry.given;
            entry.given = 0;
            return Heard.KNOWN;
        }
        if (entry.oldBoots.contains(beat.bootId())) return Heard.IGNORED;
        var next = entry(beat, now, true);
        next.oldBoots.addAll(entry.oldBoots);
        next.oldBoots.add(entry.beat.bootId());
        if (next.oldBoots.size() > OLD_BOOTS_MAX) next.oldBoots.removeFirst();
        nodes.put(beat.nodeId(), next);
        return Heard.NEW;
    }

    /** Takes over what the database says of a node; one that lives there and was never heard here gets the usual time to be heard. */
    public synchronized void learn(KnownNode known, Now now) {
        var entry = nodes.get(known.nodeId());
        if (entry == null) {
            if (!known.alive() || nodes.size() >= NODES_MAX) return;
            var beat = new NodeHeartbeat(
                    known.nodeId(),
                    known.bootId(),
                    known.kind(),
                    known.url(),
                    known.media(),
                    known.region(),
                    0,
                    0,
                    known.draining(),
                    known.joinedAtMs());
            entry = entry(beat, now, false);
            nodes.put(known.nodeId(), entry);
        }
        if (!entry.beat.bootId().equals(known.bootId())) return;
        entry.draining = known.draining();
        entry.agreed = known.alive();
    }

    /** The last heartbeats of nodes that were heard here after {@code monoMs}. */
    public synchronized List<LastHeard> heardSince(long monoMs) {
        return nodes.values().stream()
                .filter(e -> e.heard && e.seen.monoMs() > monoMs)
                .map(e -> new LastHeard(e.beat, e.agreed))
                .toList();
    }

    /** Nodes that were silent for {@link #LOST_AFTER_MS} in which they would have been heard. */
    public synchronized List<NodeHeartbeat> silent(Now now, Link link) {
        if (!link.up(now.monoMs())) return List.of();
        return nodes.values().stream()
                .filter(e -> now.monoMs() - Math.max(e.seen.monoMs(), link.upSinceMs()) >= LOST_AFTER_MS)
                .map(e -> e.beat)
                .toList();
    }

    /** Drops the node if it is still at this boot. */
    public synchronized void forget(String nodeId, String bootId) {
        nodes.computeIfPresent(nodeId, (id, e) -> e.beat.bootId().equals(bootId) ? null : e);
    }

    /** The database has this boot as living now: the node may be given work. */
    public synchronized void agreed(String nodeId, String bootId) {
        var entry = nodes.get(nodeId);
        if (entry != null && entry.beat.bootId().equals(bootId)) entry.agreed = true;
    }

    /** Counts a room or task that the node was just given. */
    public synchronized void gave(String nodeId) {
        var entry = nodes.get(nodeId);
        if (entry != null) entry.given++;
    }

    public synchronized Optional<NodeView> find(String nodeId) {
        return Optional.ofNullable(nodes.get(nodeId)).map(Entry::view);
    }

    /** Nodes that live in the eyes of all copies. */
    public synchronized List<NodeCost.Candidate> candidates() {
        return nodes.values().stream()
                .filter(e -> e.agreed)
                .map(e -> new NodeCost.Candidate(e.view(), e.given + e.givenBefore))
                .toList();
    }

    private static Entry entry(NodeHeartbeat beat, Now now, boolean heard) {
        var entry = new Entry();
        entry.beat = beat;
        entry.seen = now;
        entry.heard = heard;
        return entry;
    }
}
