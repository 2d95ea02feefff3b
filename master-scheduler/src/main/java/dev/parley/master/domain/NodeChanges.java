package dev.parley.master.domain;

import java.util.List;

/** Where changes of nodes are told to the other services. */
public interface NodeChanges {
    /** In order, at least once: what cannot be told now is told later. Blocking, a few seconds at most. */
    void publish(List<NodeChange> changes);
}
