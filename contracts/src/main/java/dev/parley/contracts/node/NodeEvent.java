package dev.parley.contracts.node;

/** Data of {@code node.joined.v1}, {@code node.lost.v1} (heartbeats stopped, or a new bootId appeared: lost, then joined) and {@code node.draining.v1}. */
public record NodeEvent(String nodeId, String bootId, NodeKind kind, String url, MediaAddress media) {}
