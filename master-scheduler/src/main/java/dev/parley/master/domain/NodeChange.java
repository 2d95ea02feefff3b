package dev.parley.master.domain;

import dev.parley.contracts.node.NodeEvent;

/**
 * Something that became of a node, written once whoever saw it, and to be told to all.
 *
 * @param id position in the table of changes
 */
public record NodeChange(long id, Type type, NodeEvent node) {
    /** CloudEvents types. */
    public enum Type {
        JOINED("node.joined.v1"),
        LOST("node.lost.v1"),
        DRAINING("node.draining.v1");

        public final String eventType;

        Type(String eventType) {
            this.eventType = eventType;
        }
    }
}
