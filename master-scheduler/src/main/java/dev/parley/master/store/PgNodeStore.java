package dev.parley.master.store;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.RefusedException;
import dev.parley.contracts.node.NodeHeartbeat;
import dev.parley.master.domain.KnownNode;
import dev.parley.master.domain.NodeChange;
import dev.parley.master.domain.NodeChange.Type;
import dev.parley.master.domain.NodeStore;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;

/** Nodes and what became of them, in PostgreSQL. The row lock on the node makes each change happen once. */
@ApplicationScoped
public class PgNodeStore implements NodeStore {
    // A row that no boot owns yet, so that there is something to lock; it never leaves the transaction in this state.
    private static final String RESERVE = "insert into master.node"
            + " (node_id, boot_id, kind, url, region, alive, draining, joined_at_ms, lost_at_ms)"
            + " values (:node, '', :kind, '', '', false, false, 0, 0) on conflict (node_id) do nothing";
    private static final long KEEP_PUBLISHED_MS = 24 * 60 * 60 * 1000L;

    private final Db db;

    PgNodeStore(Db db) {
        this.db = db;
    }

    @Override
    public List<KnownNode> all() {
        List<NodeRow> rows = db.transaction(() -> NodeRow.listAll());
        return rows.stream().map(NodeRow::known).toList();
    }

    @Override
    public List<NodeChange> join(NodeHeartbeat beat, long wallMs) {
        return db.transaction(() -> Panache.getSession()
                .flatMap(session -> session.createNativeQuery(RESERVE)
                        .setParameter("node", beat.nodeId())
                        .setParameter("kind", beat.kind().name())
                        .executeUpdate())
                .flatMap(reserved -> lock(beat.nodeId()))
                .flatMap(node -> {
                    if (node.alive && node.bootId.equals(beat.bootId())) return none();
                    var changes = new ArrayList<NodeChangeRow>();
                    if (node.alive) changes.add(NodeChangeRow.of(Type.LOST, node, wallMs));
                    node.join(beat, wallMs); // managed: written at commit
                    changes.add(NodeChangeRow.of(Type.JOINED, node, wallMs));
                    return write(changes);
                }));
    }

    @Override
    public List<NodeChange> lose(String nodeId, String bootId, long wallMs) {
        return db.transaction(() -> lock(nodeId).flatMap(node -> {
            if (node == null || !node.alive || !node.bootId.equals(bootId)) return none();
            node.alive = false;
            node.lostAtMs = wallMs;
            return write(List.of(NodeChangeRow.of(Type.LOST, node, wallMs)));
        }));
    }

    @Override
    public List<NodeChange> drain(String nodeId, long wallMs) {
        return db.transaction(() -> lock(nodeId).flatMap(node -> {
            if (node == null || !node.alive) throw new RefusedException(ErrorCode.NODE_NOT_FOUND);
            if (node.draining) return none();
            node.draining = true;
            return write(List.of(NodeChangeRow.of(Type.DRAINING, node, wallMs)));
        }));
    }

    /** What a copy wrote and did not live to publish, oldest first. */
    public List<NodeChange> unpublished(long createdBeforeMs) {
        List<NodeChangeRow> rows = db.transaction(
                () -> NodeChangeRow.list("not published and createdAtMs < ?1 order by id", createdBeforeMs));
        return rows.stream().map(NodeChangeRow::change).toList();
    }

    public void published(NodeChange change) {
        db.transaction(() -> NodeChangeRow.update("published = true where id = ?1", change.id()));
    }

    /** Forgets what was published a day ago. */
    public void prune(long wallMs) {
        db.transaction(() -> NodeChangeRow.delete("published and createdAtMs < ?1", wallMs - KEEP_PUBLISHED_MS));
    }

    private static Uni<NodeRow> lock(String nodeId) {
        return NodeRow.findById(nodeId, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Uni<List<NodeChange>> none() {
        return Uni.createFrom().item(List.of());
    }

    private static Uni<List<NodeChange>> write(List<NodeChangeRow> rows) {
        return NodeChangeRow.persist(rows)
                .map(done -> rows.stream().map(NodeChangeRow::change).toList());
    }
}
