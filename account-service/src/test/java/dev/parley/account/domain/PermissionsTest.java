package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
    @Test
    void theTableInTheDocumentationIsTheOneInTheCodeCellByCell() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "security.md"));
        assertTrue(page.contains(table()), "docs/security.md must have these lines:\n" + table());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void nobodyUnknownReachesMoreThanAnybodyKnown(Operation operation) {
        var anyone = Permissions.of(Role.ANYONE, operation);
        for (var role : Role.values()) {
            assertTrue(Permissions.of(role, operation).compareTo(anyone) >= 0, role + " " + operation);
        }
        assertEquals(anyone, Permissions.of(Role.GUEST, operation), "a guest's token is for rooms: " + operation);
        assertTrue(
                Permissions.of(Role.ROOT, operation).compareTo(Permissions.of(Role.ADMIN, operation)) >= 0,
                operation.name());
        assertTrue(
                Permissions.of(Role.ADMIN, operation).compareTo(Permissions.of(Role.USER, operation)) >= 0,
                operation.name());
        assertTrue(
                Permissions.of(Role.USER, operation).compareTo(Permissions.of(Role.PARTICIPANT, operation)) >= 0,
                operation.name());
    }

    @Test
    void onlyAStrongerOrEqualLevelHandlesAnother() {
        assertTrue(Level.mayHandle(Level.ADMIN, Level.ADMIN));
        assertTrue(Level.mayHandle(Level.ROOT, Level.ADMIN));
        assertFalse(Level.mayHandle(Level.ADMIN, Level.ROOT));
        assertFalse(Level.mayHandle(Level.PARTICIPANT, Level.USER));
        assertFalse(Level.exists(3));
        assertFalse(Level.exists(0));
    }

    private static String table() {
        var lines = new StringBuilder("| operation | "
                + Arrays.stream(Role.values()).map(r -> lower(r.name())).collect(Collectors.joining(" | "))
                + " |\n| ---"
                + " | ---".repeat(Role.values().length) + " |\n");
        for (var operation : Operation.values()) {
            lines.append("| ").append(lower(operation.name()).replace('_', ' '));
            for (var role : Role.values()) {
                var reach = Permissions.of(role, operation);
                lines.append(" | ").append(reach == Permissions.Reach.NONE ? "-" : lower(reach.name()));
            }
            lines.append(" |\n");
        }
        return lines.toString();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
