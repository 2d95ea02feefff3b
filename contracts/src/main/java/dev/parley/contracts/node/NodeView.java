package dev.parley.contracts.node;

/** A live node as {@code GET /v1/nodes} shows it; the fields are those of {@link NodeHeartbeat}. {@code lastSeenMs}: master's clock. */
public record NodeView(
        String nodeId,
        String bootId,
        NodeKind kind,
        String url,
        MediaAddress media,
        String region,
        double load,
        int rooms,
        boolean draining,
        long lastSeenMs) {}
