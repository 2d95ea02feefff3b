package dev.parley.master.domain;

/**
 * Where a room's media lives, with what the database says of that node in the same instant.
 *
 * @param bootId the node's boot when the room was placed; another one has lost the room
 * @param node   null when the node is not known at all
 */
public record Placement(String roomId, String nodeId, String bootId, long generation, KnownNode node) {
    /** Whether the room's media can still be there. */
    public boolean holds() {
        return node != null && node.alive() && node.bootId().equals(bootId);
    }

    /** Whether the room's media is there, and is not asked to go. */
    public boolean stays() {
        return holds() && !node.draining();
    }
}
