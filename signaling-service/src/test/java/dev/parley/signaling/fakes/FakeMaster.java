package dev.parley.signaling.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.contracts.node.PlacementView;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The master in memory: one relay at a time; {@link #moveTo} is that relay's loss. */
public final class FakeMaster extends Server {
    public final Map<String, PlacementView> placements = new ConcurrentHashMap<>();
    /** How often a room's place was asked for, by room id. */
    public final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private final FakeWorker worker;
    private volatile FakeRelay relay;
    private volatile String relayId = "relay-1";
    public volatile boolean empty;
    /** Relays that {@code GET /v1/nodes} shows as draining. */
    public final Set<String> draining = ConcurrentHashMap.newKeySet();

    public FakeMaster(FakeRelay relay, FakeWorker worker) {
        this.relay = relay;
        this.worker = worker;
    }

    public void moveTo(FakeRelay next, String nodeId) {
        relay = next;
        relayId = nodeId;
    }

    @Override
    Object handle(String method, String[] parts, JsonNode body, String query) {
        if (parts[1].equals("nodes:pick")) {
            if (empty) throw new RefusedException(ErrorCode.NO_NODE);
            return node(NodeKind.valueOf(query.substring("kind=".length())), "worker-1", worker.url());
        }
        if (parts[1].equals("nodes"))
            return draining.stream()
                    .map(id -> node(NodeKind.RELAY, id, "http://127.0.0.1:9", true))
                    .toList();
        if (method.equals("DELETE")) {
            placements.remove(parts[2]);
            return null;
        }
        if (empty) throw new RefusedException(ErrorCode.NO_NODE);
        NodeView now = node(NodeKind.RELAY, relayId, relay.url());
        asked.merge(parts[2], 1, Integer::sum);
        return placements.compute(
                parts[2],
                (roomId, old) -> old != null && old.node().nodeId().equals(relayId)
                        ? old
                        : new PlacementView(roomId, old == null ? 1 : old.generation() + 1, now));
    }

    private static NodeView node(NodeKind kind, String id, String url) {
        return node(kind, id, url, false);
    }

    private static NodeView node(NodeKind kind, String id, String url, boolean drains) {
        return new NodeView(
                id,
                "boot",
                kind,
                url,
                new MediaAddress("127.0.0.1", 9, "00"),
                "",
                0,
                0,
                drains,
                System.currentTimeMillis());
    }
}
