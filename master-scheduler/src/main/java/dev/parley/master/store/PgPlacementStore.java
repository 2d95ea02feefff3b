package dev.parley.master.store;

import dev.parley.master.domain.Placement;
import dev.parley.master.domain.PlacementStore;
import dev.parley.store.Db;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Placements in PostgreSQL: the primary key and the generation decide between copies. */
@ApplicationScoped
public class PgPlacementStore implements PlacementStore {
    private static final String FIND =
            "select p, n from PlacementRow p left join NodeRow n on n.nodeId = p.nodeId where p.roomId = :room";
    // A room never goes to a boot that is known to be lost, whatever the copy that asks believes.
    private static final String LIVES =
            "exists (select 1 from master.node where node_id = :node and boot_id = :boot and alive)";
    private static final String ADD =
            "insert into master.placement (room_id, node_id, boot_id, generation, placed_at_ms)"
                    + " select :room, :node, :boot, 1, :now where " + LIVES + " on conflict (room_id) do nothing";
    private static final String MOVE = "update master.placement"
            + " set node_id = :node, boot_id = :boot, generation = generation + 1, placed_at_ms = :now"
            + " where room_id = :room and generation = :generation and " + LIVES;

    private final Db db;

    PgPlacementStore(Db db) {
        this.db = db;
    }

    @Override
    public Optional<Placement> find(String roomId) {
        return db.transaction(() -> Panache.getSession()
                .flatMap(session -> session.createSelectionQuery(FIND, Object[].class)
                        .setParameter("room", roomId)
                        .getSingleResultOrNull())
                .map(row -> Optional.ofNullable(row).map(PgPlacementStore::placement)));
    }

    private static Placement placement(Object[] row) {
        var p = (PlacementRow) row[0];
        var n = (NodeRow) row[1];
        return new Placement(p.roomId, p.nodeId, p.bootId, p.generation, n == null ? null : n.known());
    }

    @Override
    public boolean addIfAbsent(String roomId, String nodeId, String bootId, long wallMs) {
        return db.transaction(() -> session()
                        .flatMap(session -> session.createNativeQuery(ADD)
                                .setParameter("room", roomId)
                                .setParameter("node", nodeId)
                                .setParameter("boot", bootId)
                                .setParameter("now", wallMs)
                                .executeUpdate()))
                > 0;
    }

    @Override
    public boolean moveIfAt(String roomId, long generation, String nodeId, String bootId, long wallMs) {
        return db.transaction(() -> session()
                        .flatMap(session -> session.createNativeQuery(MOVE)
                                .setParameter("room", roomId)
                                .setParameter("generation", generation)
                                .setParameter("node", nodeId)
                                .setParameter("boot", bootId)
                                .setParameter("now", wallMs)
                                .executeUpdate()))
                > 0;
    }

    @Override
    public void remove(String roomId) {
        db.transaction(() -> PlacementRow.deleteById(roomId));
    }

    private static Uni<Mutiny.Session> session() {
        return Panache.getSession();
    }
}
