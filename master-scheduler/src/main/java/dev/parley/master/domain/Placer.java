package dev.parley.master.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.node.PlacementView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives rooms their relay. Any number of copies and threads may ask for the same room at once: each proposes, the room's row decides, and
 * all answer what the row says. A room moves only when its node is lost, has another boot, or drains while another takes work.
 */
public final class Placer {
    /** Each further try means that a node died, or another copy was faster, while one was being chosen. */
    private static final int TRIES = 8;

    private final Registry registry;
    private final PlacementStore store;

    public Placer(Registry registry, PlacementStore store) {
        this.registry = registry;
        this.store = store;
    }

    /** Idempotent. Errors: NO_NODE. */
    public PlacementView place(String roomId, long wallMs) {
        Set<String> tried =
                new HashSet<>(); // boots that did not take: this copy believes in them, the database does not
        for (int i = 0; i < TRIES; i++) {
            var placed = store.find(roomId);
            if (placed.isPresent() && placed.get().stays()) return view(placed.get());
            placed.ifPresent(p -> tried.add(p.bootId()));
            var chosen = choose(roomId, tried);
            if (chosen.isEmpty() && placed.isPresent() && placed.get().holds()) return view(placed.get());
            var node = chosen.orElseThrow(() -> new RefusedException(ErrorCode.NO_NODE));
            boolean written = placed.isEmpty()
                    ? store.addIfAbsent(roomId, node.nodeId(), node.bootId(), wallMs)
                    : store.moveIfAt(roomId, placed.get().generation(), node.nodeId(), node.bootId(), wallMs);
            if (written) registry.gave(node.nodeId());
            else tried.add(node.bootId());
        }
        throw new RefusedException(ErrorCode.NO_NODE);
    }

    /** As stored, also when the node is lost. */
    public Optional<PlacementView> find(String roomId) {
        return store.find(roomId).filter(p -> p.node() != null).map(this::view);
    }

    public void remove(String roomId) {
        store.remove(roomId);
    }

    /** Live nodes of a kind that take work. */
    public int takers(NodeKind kind) {
        return (int) registry.candidates().stream()
                .filter(c -> c.node().kind() == kind && !c.node().draining())
                .count();
    }

    /** The cheapest node of a kind, counted as given a task. Errors: NO_NODE. */
    public NodeView pick(NodeKind kind, String subject) {
        var node = NodeCost.choose(registry.candidates(), kind, subject)
                .orElseThrow(() -> new RefusedException(ErrorCode.NO_NODE));
        registry.gave(node.nodeId());
        return node;
    }

    private Optional<NodeView> choose(String roomId, Set<String> tried) {
        var candidates = registry.candidates().stream()
                .filter(c -> !tried.contains(c.node().bootId()))
                .toList();
        return NodeCost.choose(candidates, NodeKind.RELAY, roomId);
    }

    private PlacementView view(Placement placement) {
        var heard = registry.find(placement.nodeId()).filter(n -> n.bootId().equals(placement.bootId()));
        return new PlacementView(
                placement.roomId(),
                placement.generation(),
                heard.orElseGet(() -> placement.node().view()));
    }
}
