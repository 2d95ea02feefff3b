package dev.parley.bench.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AccountCasesTest {
    /** Each case fails by itself when what it measures is refused. */
    @Test
    void everyCaseDoesWhatItMeasures() throws Exception {
        var cases = AccountCases.all(2);
        for (var one : cases.values()) for (int turn = 0; turn < 3; turn++) one.run(turn);
        assertEquals(8, cases.size());
    }
}
