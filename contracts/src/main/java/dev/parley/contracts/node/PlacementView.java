package dev.parley.contracts.node;

/**
 * Where a room's media lives. Answer of {@code PUT /v1/rooms/{roomId}/placement} (idempotent; moves the room only when its node is lost, or drains while
 * another takes it)
 * and {@code GET} of the same.
 *
 * @param generation from 1; grows by one with every move, so that a late answer about an old place can be told
 */
public record PlacementView(String roomId, long generation, NodeView node) {}
