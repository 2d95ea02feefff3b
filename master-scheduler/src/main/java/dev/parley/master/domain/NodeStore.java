package dev.parley.master.domain;

import dev.parley.contracts.node.NodeHeartbeat;
import java.util.List;

/**
 * What all copies of master agree on about nodes. Each call is one transaction under the node's row lock and answers the changes that it
 * made: of several copies that say the same at once, one gets the change and the others none. Calls wait.
 */
public interface NodeStore {
    List<KnownNode> all();

    /** This boot of the node lives. Changes: none when that is known; else LOST of the boot before if it lived, and JOINED. Ends draining. */
    List<NodeChange> join(NodeHeartbeat beat, long wallMs);

    /** This boot of the node is silent. Changes: LOST, once. */
    List<NodeChange> lose(String nodeId, String bootId, long wallMs);

    /** The node takes nothing new. Changes: DRAINING, once a boot. Errors: NODE_NOT_FOUND when it does not live. */
    List<NodeChange> drain(String nodeId, long wallMs);
}
