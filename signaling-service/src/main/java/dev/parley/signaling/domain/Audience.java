package dev.parley.signaling.domain;

import java.util.Set;

/** Which participants of the room an event is pushed to. Everybody else reads over its seq. */
public sealed interface Audience {
    Audience ALL = new All();

    record All() implements Audience {}

    record Only(Set<String> participantIds) implements Audience {}

    record AllBut(String participantId) implements Audience {}

    default boolean includes(String participantId) {
        return switch (this) {
            case All _ -> true;
            case Only(var ids) -> ids.contains(participantId);
            case AllBut(var id) -> !id.equals(participantId);
        };
    }

    /** For the store and the wire between copies: {@code *}, {@code -id} or {@code +id,id}. */
    default String text() {
        return switch (this) {
            case All _ -> "*";
            case Only(var ids) -> "+" + String.join(",", ids);
            case AllBut(var id) -> "-" + id;
        };
    }

    static Audience parse(String text) {
        return switch (text.charAt(0)) {
            case '*' -> ALL;
            case '-' -> new AllBut(text.substring(1));
            case '+' ->
                new Only(
                        text.length() == 1 ? Set.of() : Set.of(text.substring(1).split(",")));
            default -> throw new IllegalArgumentException("not an audience: " + text);
        };
    }
}
