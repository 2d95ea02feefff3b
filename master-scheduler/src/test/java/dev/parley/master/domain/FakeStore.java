package dev.parley.master.domain;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeEvent;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.master.domain.NodeChange.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Both stores in memory, with the rules of the real ones; shared by the copies of master in a simulation. */
final class FakeStore implements NodeStore, PlacementStore {
    final Map<String, KnownNode> nodes = new TreeMap<>();
    final Map<String, Placement> placements = new TreeMap<>();
    final List<NodeChange> changes = new ArrayList<>();
    boolean away;

    @Override
    public List<KnownNode> all() {
        check();
        return List.copyOf(nodes.values());
    }

    @Override
    public List<NodeChange> join(NodeHeartbeat beat, long wallMs) {
        check();
        var node = nodes.get(beat.nodeId());
        if (node != null && node.alive() && node.bootId().equals(beat.bootId())) return List.of();
        var made = new ArrayList<NodeChange>();
        if (node != null && node.alive()) made.add(change(Type.LOST, node));
        boolean draining = node != null && node.draining() && node.bootId().equals(beat.bootId());
        var joined = new KnownNode(
                beat.nodeId(),
                beat.bootId(),
                beat.kind(),
                beat.url(),
                beat.media(),
                beat.region(),
                true,
                draining,
                wallMs);
        nodes.put(beat.nodeId(), joined);
        made.add(change(Type.JOINED, joined));
        return made;
    }

    @Override
    public List<NodeChange> lose(String nodeId, String bootId, long wallMs) {
        check();
        var node = nodes.get(nodeId);
        if (node == null || !node.alive() || !node.bootId().equals(bootId)) return List.of();
        nodes.put(nodeId, with(node, false, node.draining()));
        return List.of(change(Type.LOST, node));
    }

    @Override
    public List<NodeChange> drain(String nodeId, long wallMs) {
        check();
        var node = nodes.get(nodeId);
        if (node == null || !node.alive()) throw new RefusedException(ErrorCode.NODE_NOT_FOUND);
        if (node.draining()) return List.of();
        nodes.put(nodeId, with(node, true, true));
        return List.of(change(Type.DRAINING, node));
    }

    @Override
    public Optional<Placement> find(String roomId) {
        check();
        return Optional.ofNullable(placements.get(roomId))
                .map(p -> new Placement(p.roomId(), p.nodeId(), p.bootId(), p.generation(), nodes.get(p.nodeId())));
    }

    @Override
    public boolean addIfAbsent(String roomId, String nodeId, String bootId, long wallMs) {
        check();
        return lives(nodeId, bootId)
                && placements.putIfAbsent(roomId, new Placement(roomId, nodeId, bootId, 1, null)) == null;
    }

    @Override
    public boolean moveIfAt(String roomId, long generation, String nodeId, String bootId, long wallMs) {
        check();
        var placed = placements.get(roomId);
        if (placed == null || placed.generation() != generation || !lives(nodeId, bootId)) return false;
        placements.put(roomId, new Placement(roomId, nodeId, bootId, generation + 1, null));
        return true;
    }

    private boolean lives(String nodeId, String bootId) {
        var node = nodes.get(nodeId);
        return node != null && node.alive() && node.bootId().equals(bootId);
    }

    @Override
    public void remove(String roomId) {
        check();
        placements.remove(roomId);
    }

    private void check() {
        if (away) throw new RefusedException(ErrorCode.UNAVAILABLE);
    }

    private NodeChange change(Type type, KnownNode node) {
        var event = new NodeEvent(node.nodeId(), node.bootId(), node.kind(), node.url(), node.media());
        var change = new NodeChange(changes.size() + 1, type, event);
        changes.add(change);
        return change;
    }

    private static KnownNode with(KnownNode n, boolean alive, boolean draining) {
        return new KnownNode(
                n.nodeId(), n.bootId(), n.kind(), n.url(), n.media(), n.region(), alive, draining, n.joinedAtMs());
    }
}
