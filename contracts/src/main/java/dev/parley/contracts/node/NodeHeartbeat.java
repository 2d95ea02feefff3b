package dev.parley.contracts.node;

/**
 * Data of {@code node.heartbeat.v1}, sent once a second; the registry is made of nothing else. Three missed in a row: the node is lost.
 *
 * @param nodeId   stable across restarts of the same node, at most 64 characters
 * @param bootId   new at every start; a changed one means that the node lost its rooms
 * @param url      base of its REST interface, such as {@code http://127.0.0.1:7103}
 * @param media    where its framed RTP is reached; null unless a relay
 * @param region   free text, equal texts are near; never null, "" when unknown
 * @param load     0 idle to 1 full
 * @param rooms    rooms or tasks it holds
 * @param draining true when it takes nothing new
 * @param sentAtMs milliseconds since the epoch, the node's clock
 */
public record NodeHeartbeat(
        String nodeId,
        String bootId,
        NodeKind kind,
        String url,
        MediaAddress media,
        String region,
        double load,
        int rooms,
        boolean draining,
        long sentAtMs) {}
