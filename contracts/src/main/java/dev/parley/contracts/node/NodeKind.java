package dev.parley.contracts.node;

/** What a node can be given to do. */
public enum NodeKind {
    RELAY,
    RECORDER,
    VOD
}
