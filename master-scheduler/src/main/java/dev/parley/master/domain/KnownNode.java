package dev.parley.master.domain;

import dev.parley.contracts.node.MediaAddress;
import dev.parley.contracts.node.NodeKind;
import dev.parley.contracts.node.NodeView;

/** A node as the database knows it: what all copies of master agree on. {@code alive}: joined and not lost since. */
public record KnownNode(
        String nodeId,
        String bootId,
        NodeKind kind,
        String url,
        MediaAddress media,
        String region,
        boolean alive,
        boolean draining,
        long joinedAtMs) {
    /** For a copy that has not heard it itself yet: its load is not known. */
    public NodeView view() {
        return new NodeView(nodeId, bootId, kind, url, media, region, 0, 0, draining, joinedAtMs);
    }
}
