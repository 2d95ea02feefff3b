package dev.parley.master.domain;

import java.util.Optional;

/** Placements of all rooms; the row of a room is the one truth for all copies. Calls wait. */
public interface PlacementStore {
    Optional<Placement> find(String roomId);

    /** Generation 1 on this node, unless the room is placed already. */
    void addIfAbsent(String roomId, String nodeId, String bootId, long wallMs);

    /** To this node with {@code generation + 1}, unless the room has moved on from {@code generation} already. */
    void moveIfAt(String roomId, long generation, String nodeId, String bootId, long wallMs);

    void remove(String roomId);
}
