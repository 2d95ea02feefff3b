package dev.parley.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void timesAreFoundBehindANameWithSpacesAndParentheses() {
        assertEquals(
                1.75,
                ProcessCpu.parse("42 (a) b (c) S 1 42 42 0 -1 4194304 900 0 0 0 150 25 7 7 20 0 30 0 100 200 300"));
    }

    @Test
    void aCoreIsBusyWithAllButIdlingAndWaitingForDisks() throws Exception {
        String stat = "cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 100 20 30 5000 70 1 2 4 50 0\ncpu1 0 0 0 0 0 0 0 0 0 0\n";
        assertEquals(1.57, CoreUse.parse(stat, 0));
        assertEquals(0, CoreUse.parse(stat, 1));
        assertTrue(CoreUse.busySeconds(0) > 0);
    }

    @Test
    void aBusyProcessGetsMoreExpensive() throws Exception {
        long self = ProcessHandle.current().pid();
        double before = ProcessCpu.seconds(self);
        long endNs = System.nanoTime() + 30_000_000_000L;
        while (ProcessCpu.seconds(self) < before + 0.05 && System.nanoTime() < endNs) Math.sin(System.nanoTime());
        assertTrue(ProcessCpu.seconds(self) >= before + 0.05);
    }
}
