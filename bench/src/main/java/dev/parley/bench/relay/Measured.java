package dev.parley.bench.relay;

import dev.parley.bench.load.Delays;
import dev.parley.bench.load.WindowFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The windows of one case on one relay, and what they say together. */
public final class Measured {
    /**
     * @param relayCpu CPU seconds of the relay process over the window
     * @param loadCpu  the same of the load
     * @param otherCpu what other processes and a hypervisor took of the relay's core; 0 when it has none of its own
     */
    public record Window(WindowFigures figures, double relayCpu, double loadCpu, double otherCpu) {
        /** Packets that arrived per CPU second of the relay process. */
        public double packetsPerCpuSecond() {
            return figures.received() / Math.max(0.01, relayCpu);
        }

        /** Of one core, 0 to 1 and beyond. */
        public double relayShare() {
            return relayCpu / figures.seconds();
        }

        public double loadShare() {
            return loadCpu / figures.seconds();
        }

        public double otherShare() {
            return otherCpu / figures.seconds();
        }
    }

    private final List<Window> windows = new ArrayList<>();

    public void add(Window window) {
        windows.add(window);
    }

    public List<Window> windows() {
        return List.copyOf(windows);
    }

    public double packetsPerCpuSecond() {
        return median(Window::packetsPerCpuSecond);
    }

    public double relayShare() {
        return median(Window::relayShare);
    }

    public double loadShareMax() {
        return windows.stream().mapToDouble(Window::loadShare).max().orElse(0);
    }

    /** The median: of a machine that was busy with something else delays and losses say little. */
    public double otherShare() {
        return median(Window::otherShare);
    }

    /** Over all windows, 0 to 1. */
    public double lossShare() {
        long expected = sum(WindowFigures::expected);
        return expected == 0 ? 0 : (double) sum(WindowFigures::lost) / expected;
    }

    public long sum(java.util.function.ToLongFunction<WindowFigures> of) {
        return windows.stream().mapToLong(w -> of.applyAsLong(w.figures())).sum();
    }

    /** Of the samples of all windows. */
    public Delays delays() {
        var all = new Histogram(20_000_000_000L, 3);
        windows.forEach(w -> all.add(w.figures().delayNs()));
        return Delays.of(all);
    }

    /** The middle value; of an even number the mean of the two in the middle; 0 without windows. */
    public double median(ToDoubleFunction<Window> of) {
        return median(windows.stream().mapToDouble(of).toArray());
    }

    static double median(double... values) {
        if (values.length == 0) return 0;
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
