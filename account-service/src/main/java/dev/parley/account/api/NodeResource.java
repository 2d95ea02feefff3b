package dev.parley.account.api;

import dev.parley.account.domain.Operation;
import dev.parley.account.domain.Peers;
import dev.parley.account.domain.Peers.Peer;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Arrays;
import java.util.List;

/** Live relays, recorders and players, for the console. Errors: NODE_NOT_FOUND, UNAVAILABLE when the master is away. */
@Path("/v1/console/nodes")
@RunOnVirtualThread
public class NodeResource {
    /** Without addresses: those are for services. */
    public record Node(
            String nodeId, NodeKind kind, String region, double load, int rooms, boolean draining, long lastSeenMs) {}

    private final Peers peers;
    private final Audit audit;

    NodeResource(Peers peers, Audit audit) {
        this.peers = peers;
        this.audit = audit;
    }

    @GET
    @Needs(Operation.READ_NODES)
    public List<Node> list() {
        return Arrays.stream(peers.ask(Peer.MASTER, "GET", "/v1/nodes", null, NodeView[].class))
                .map(NodeResource::view)
                .toList();
    }

    /** Takes nothing new until its next boot; a relay's rooms move to others, what else it holds stays. Safe to repeat. */
    @POST
    @Path("{id}:drain")
    @Needs(Operation.DRAIN_NODE)
    public Node drain(@PathParam("id") @Size(max = 64) String id) {
        audit.target("node " + id);
        return view(
                peers.ask(Peer.MASTER, "POST", "/v1/nodes/" + LiveRooms.segment(id) + ":drain", null, NodeView.class));
    }

    private static Node view(NodeView n) {
        return new Node(n.nodeId(), n.kind(), n.region(), n.load(), n.rooms(), n.draining(), n.lastSeenMs());
    }
}
