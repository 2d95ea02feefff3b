package dev.parley.master.domain;

import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.master.domain.Registry.Heard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns heartbeats and their absence into changes that all copies agree on. One thread drives it: {@link #heard} for each heartbeat,
 * {@link #proved} when the log has been read to its end, {@link #sweep} several times a second, {@link #reconcile} once a second. The
 * changes answered are this copy's to publish.
 */
public final class NodeWatch {
    /** A node beats once a second: one that did not within this time may be dying, and is no witness against a loss. */
    private static final long FRESH_MS = 1_500;

    private final Registry registry;
    private final NodeStore store;
    private final Link link = new Link();

    public NodeWatch(Registry registry, NodeStore store) {
        this.registry = registry;
        this.store = store;
    }

    /** A new boot joins at once, unless this may be old news read after a pause: then {@link #reconcile} decides when all has been read. */
    public List<NodeChange> heard(NodeHeartbeat beat, Now now) {
        boolean fresh = registry.hear(beat, now) == Heard.NEW && link.up(now.monoMs());
        return fresh ? join(beat, now) : List.of();
    }

    /** See {@link Link#proved}. */
    public void proved(long asOfMonoMs, Now now) {
        link.proved(asOfMonoMs, now.monoMs());
    }

    public boolean linkUp(Now now) {
        return link.up(now.monoMs());
    }

    /** Declares lost who is silent for too long. */
    public List<NodeChange> sweep(Now now) {
        var changes = new ArrayList<NodeChange>();
        for (var beat : registry.silent(now, link)) {
            changes.addAll(store.lose(beat.nodeId(), beat.bootId(), now.wallMs()));
            registry.forget(beat.nodeId(), beat.bootId()); // after the store: if that fails, the next sweep tries again
        }
        return changes;
    }

    /**
     * Levels the registry and the database: learns nodes that other copies have seen, and joins a node that is heard here now while the
     * database has this boot as lost (a copy was wrong) or has never had it (the database was away when it came). A boot that was agreed on
     * and has been replaced in the database is let be: another copy has read on.
     */
    public List<NodeChange> reconcile(Now now) {
        var changes = new ArrayList<NodeChange>();
        Map<String, KnownNode> known = new HashMap<>();
        for (var node : store.all()) known.put(node.nodeId(), node);
        if (link.up(now.monoMs())) {
            for (var heard : registry.heardSince(Math.max(link.upSinceMs(), now.monoMs() - FRESH_MS))) {
                var beat = heard.beat();
                var node = known.get(beat.nodeId());
                boolean sameBoot = node != null && node.bootId().equals(beat.bootId());
                if (sameBoot ? !node.alive() : !heard.agreed()) changes.addAll(join(beat, now));
            }
        }
        var joined = changes.stream().map(c -> c.node().nodeId()).collect(Collectors.toSet());
        known.values().stream()
                .filter(node -> !joined.contains(node.nodeId()))
                .forEach(node -> registry.learn(node, now));
        return changes;
    }

    private List<NodeChange> join(NodeHeartbeat beat, Now now) {
        var changes = store.join(beat, now.wallMs());
        registry.agreed(beat.nodeId(), beat.bootId());
        return changes;
    }
}
