package dev.parley.contracts.node;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * Answer of {@code POST /v1/nodes/{id}:drain}: the fields of {@link NodeView} and what becomes of what the node holds.
 *
 * @param others  live nodes of its kind that take work; with 0 of them a relay's rooms stay where they are until one comes
 * @param message the same for people
 */
public record DrainView(@JsonUnwrapped NodeView node, int others, String message) {
    public static DrainView of(NodeView node, int others) {
        String after =
                switch (node.kind()) {
                    case RELAY ->
                        others > 0
                                ? "Its rooms move to others now."
                                : "No other relay takes its rooms: they stay and go on, and move when one comes.";
                    default -> "What it holds goes on to its end.";
                };
        return new DrainView(node, others, "It takes nothing new until it is started again. " + after);
    }
}
