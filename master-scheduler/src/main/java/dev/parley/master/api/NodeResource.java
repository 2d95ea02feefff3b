package dev.parley.master.api;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.account.TokenClaims;
import dev.parley.contracts.node.DrainView;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;
import dev.parley.master.domain.NodeChanges;
import dev.parley.master.domain.NodeCost;
import dev.parley.master.domain.NodeStore;
import dev.parley.master.domain.Now;
import dev.parley.master.domain.Placer;
import dev.parley.master.domain.Registry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Live nodes. Errors: NODE_NOT_FOUND, NO_NODE, BAD_REQUEST. */
@Path("/v1")
@RunOnVirtualThread
public class NodeResource {
    private final Registry registry;
    private final NodeStore store;
    private final Placer placer;
    private final NodeChanges changes;
    private final Time time;

    NodeResource(Registry registry, NodeStore store, Placer placer, NodeChanges changes, Time time) {
        this.registry = registry;
        this.store = store;
        this.placer = placer;
        this.changes = changes;
        this.time = time;
    }

    @GET
    @Path("nodes")
    @RolesAllowed({TokenClaims.SERVICE, TokenClaims.ROOT})
    public List<NodeView> list() {
        return registry.candidates().stream()
                .map(NodeCost.Candidate::node)
                .sorted(Comparator.comparing(NodeView::nodeId))
                .toList();
    }

    /**
     * Takes no new room until its next boot; a relay's rooms move to others as signaling asks for their places, or stay while there is no other. Safe to
     * repeat.
     */
    @POST
    @Path("nodes/{id}:drain")
    @RolesAllowed({TokenClaims.SERVICE, TokenClaims.ROOT})
    public DrainView drain(
            @PathParam("id")
                    @Size(max = 64)
                    @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
                    String id) {
        var drained = store.drain(id, time.nowMs());
        var known = store.all().stream()
                .filter(n -> n.nodeId().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(ErrorCode.NODE_NOT_FOUND));
        registry.learn(known, new Now(System.nanoTime() / 1_000_000, time.nowMs()));
        changes.publish(drained);
        return DrainView.of(registry.find(id).orElseGet(known::view), placer.takers(known.kind()));
    }

    /** The cheapest node that takes work; each call counts as a task given. */
    @POST
    @Path("nodes:pick")
    @RolesAllowed(TokenClaims.SERVICE)
    public NodeView pick(@QueryParam("kind") String kind) {
        var wanted = Arrays.stream(NodeKind.values())
                .filter(k -> k.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.BAD_REQUEST, "kind: must be one of " + Arrays.toString(NodeKind.values()) + "."));
        return placer.pick(wanted, UUID.randomUUID().toString());
    }
}
