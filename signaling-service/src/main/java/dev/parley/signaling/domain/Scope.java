package dev.parley.signaling.domain;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a token lets its holder do, beside being in a room. */
public enum Scope implements WireName {
    PUBLISH,
    SUBSCRIBE,
    RECORD,
    MODERATE;

    /** Reads a space-separated list (RFC 8693 section 4.2); words that are not known grant nothing. */
    public static Set<Scope> parse(String list) {
        var scopes = EnumSet.noneOf(Scope.class);
        if (list == null) return scopes;
        for (String word : list.trim().split("\\s+")) {
            for (Scope scope : values()) {
                if (scope.wire().equals(word.toLowerCase(Locale.ROOT))) scopes.add(scope);
            }
        }
        return scopes;
    }

    public static String format(Set<Scope> scopes) {
        return String.join(" ", scopes.stream().map(WireName::wire).toList());
    }
}
