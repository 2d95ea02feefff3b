package dev.parley.account.domain;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AddressBudgetTest {
    private final AddressBudget budget = new AddressBudget(60, 10);

    @Test
    void aMinutesWorthMayComeAtOnceThenOneASecond() {
        for (int i = 0; i < 60; i++) assertTrue(budget.take("10.0.0.1", 0), "call " + i);
        assertFalse(budget.take("10.0.0.1", 999));
        assertTrue(budget.take("10.0.0.1", 1_000));
        assertFalse(budget.take("10.0.0.1", 1_500));
    }

    @Test
    void addressesDoNotShareABudget() {
        for (int i = 0; i < 61; i++) budget.take("10.0.0.1", 0);
        assertTrue(budget.take("10.0.0.2", 0));
    }

    @Test
    void aClockThatJumpsBackGivesNothingAndTakesNothing() {
        for (int i = 0; i < 60; i++) budget.take("10.0.0.1", 10_000);
        assertFalse(budget.take("10.0.0.1", 5_000));
        assertTrue(budget.take("10.0.0.1", 6_001));
    }

    @Test
    void manyAddressesDoNotFillTheMemory() {
        for (int i = 0; i < 1_000; i++) budget.take("10.1.0." + i, 0);
        assertTrue(budget.addresses() <= 10);
    }
}
