package dev.parley.master.domain;

import java.util.Optional;

/** Placements of all rooms; the row of a room is the one truth for all copies. Calls wait. */
public interface PlacementStore {
    Optional<Placement> find(String roomId);

    /** Generation 1 on this boot, unless the room is placed already or the boot does not live; answers whether it was written. */
    boolean addIfAbsent(String roomId, String nodeId, String bootId, long wallMs);

    /** To this boot with {@code generation + 1}, unless the room has moved on already or the boot does not live; answers whether it was written. */
    boolean moveIfAt(String roomId, long generation, String nodeId, String bootId, long wallMs);

    void remove(String roomId);
}
