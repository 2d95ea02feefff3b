package dev.parley.bench.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.bench.load.Delays;
import dev.parley.bench.load.WindowFigures;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MeasuredTest {
    @Test
    void theMedianIsTheMiddleOne() {
        assertEquals(0, Measured.median());
        assertEquals(3, Measured.median(9, 1, 3));
        assertEquals(2.5, Measured.median(4, 1, 2, 3));
    }

    @Test
    void packetsPerCpuSecondAreWhatArrivedOverWhatItCost() {
        var measured = new Measured();
        measured.add(window(10_000, 10_000, 0.5, 1_000));
        measured.add(window(10_000, 8_000, 0.2, 2_000));
        measured.add(window(10_000, 10_000, 0.25, 3_000));
        assertEquals(40_000, measured.packetsPerCpuSecond());
        assertEquals(0.25 / 5, measured.relayShare(), 1e-9);
        assertEquals(2_000 / 30_000.0, measured.lossShare(), 1e-9);
    }

    @Test
    void percentilesAreThoseOfTheSamplesOfAllWindows() {
        var measured = new Measured();
        measured.add(window(1, 1, 1, 1_000));
        measured.add(window(1, 1, 1, 100_000));
        Delays delays = measured.delays();
        assertEquals(2, delays.samples());
        assertEquals(1, delays.p50Us(), 0.01);
        assertEquals(100, delays.p99Us(), 0.1);
        assertEquals(100, delays.maxUs(), 0.1);
    }

    @Test
    void aWindowIsCleanOnlyWhenAllCameOnceAndSomethingWasLookedAt() {
        assertTrue(figures(10, 10, 0, 1, 0).isClean());
        assertFalse(figures(10, 9, 0, 1, 0).isClean());
        assertFalse(figures(10, 10, 1, 1, 0).isClean());
        assertFalse(figures(10, 10, 0, 0, 0).isClean());
        assertFalse(figures(10, 10, 0, 1, 1).isClean());
        assertFalse(figures(0, 0, 0, 1, 0).isClean());
    }

    static Measured.Window window(long expected, long received, double relayCpu, long delayNs) {
        var delays = new Histogram(20_000_000_000L, 3);
        delays.recordValue(delayNs);
        return new Measured.Window(
                new WindowFigures(
                        5, expected, expected, received, 0, 0, 0, 1, 0, 0, 0, 0, Delays.of(delays), delays, 0),
                relayCpu,
                0.5,
                0);
    }

    private static WindowFigures figures(long expected, long received, long repeated, long checked, long bad) {
        var none = new Histogram(20_000_000_000L, 3);
        return new WindowFigures(
                5, expected, expected, received, 0, repeated, 0, checked, bad, 0, 0, 0, Delays.of(none), none, 0);
    }
}
