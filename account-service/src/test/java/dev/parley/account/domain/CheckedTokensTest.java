package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedTokensTest {
    private final CheckedTokens<String> tokens = new CheckedTokens<>(10);

    @Test
    void aTokenIsKnownUntilItsEndAndNotAnInstantLonger() {
        tokens.put("a.b.c", "ann", 1_000);
        assertEquals(Optional.of("ann"), tokens.find("a.b.c", 999));
        assertEquals(Optional.empty(), tokens.find("a.b.c", 1_000));
        assertEquals(Optional.empty(), tokens.find("a.b.c", 0), "forgotten once it was over");
    }

    @Test
    void noOtherTokenIsKnown() {
        tokens.put("a.b.c", "ann", 1_000);
        for (String other : new String[] {"a.b.d", "a.b.", "", "a.b.c ", "A.b.c"}) {
            assertEquals(Optional.empty(), tokens.find(other, 0), other);
        }
    }

    @Test
    void manyTokensDoNotFillTheMemory() {
        for (int i = 0; i < 1_000; i++) tokens.put("token " + i, "x", 1_000);
        assertEquals(10, tokens.size());
        assertTrue(tokens.find("token 999", 0).isPresent());
    }
}
