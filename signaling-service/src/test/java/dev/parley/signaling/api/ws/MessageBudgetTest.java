package dev.parley.signaling.api.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MessageBudgetTest {
    @Test
    void aBurstIsLetThroughAndThenTheRate() {
        var budget = new MessageBudget(10, 5, 1_000);
        assertEquals(5, taken(budget, 100, 1_000));
        assertFalse(budget.take(1_099), "a tenth of a second makes one");
        assertTrue(budget.take(1_100));
        assertFalse(budget.take(1_100));
        assertEquals(3, taken(budget, 100, 1_400));
    }

    @Test
    void whatIsNotUsedIsKeptUpToTheBurstAndNoFurther() {
        var budget = new MessageBudget(10, 5, 0);
        assertEquals(5, taken(budget, 100, 3_600_000));
    }

    @Test
    void aClockThatStandsOrGoesBackGivesNothing() {
        var budget = new MessageBudget(10, 1, 5_000);
        assertTrue(budget.take(5_000));
        assertFalse(budget.take(1_000));
        assertFalse(budget.take(5_050));
        assertTrue(budget.take(5_100));
    }

    private static int taken(MessageBudget budget, int asked, long nowMs) {
        int taken = 0;
        for (int i = 0; i < asked; i++) if (budget.take(nowMs)) taken++;
        return taken;
    }
}
