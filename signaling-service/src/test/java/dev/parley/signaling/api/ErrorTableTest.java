package dev.parley.signaling.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/errors.md is what the code says. */
class ErrorTableTest {
    @Test
    void theTableOfErrorsIsTheEnumeration() throws IOException {
        String wanted = Arrays.stream(ErrorCode.values())
                .map(code -> "| " + code.number + " | `" + code.name() + "` | " + code.httpStatus + " | "
                        + code.advice.replace("|", "\\|") + " |")
                .collect(Collectors.joining("\n"));
        String page = Files.readString(Path.of("..", "docs", "errors.md"));
        assertTrue(page.contains(wanted), "docs/errors.md must have these lines:\n" + wanted);
        assertEquals(
                ErrorCode.values().length,
                Arrays.stream(ErrorCode.values())
                        .map(code -> code.number)
                        .distinct()
                        .count(),
                "no number twice");
    }
}
