package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.relay.domain.congestion.GradientEstimator;
import dev.parley.testsupport.net.LinkModel;
import dev.parley.testsupport.net.LinkProfile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The estimator in virtual time: a sender that sends what it is told to, 25 bursts a second, over a link whose rate steps. */
@Tag("MRTC-FEA-50")
class EstimatorTest {
    private static final long MBIT = 1_000_000;

    private record Sent(long atNs, long arrivalNs, int bytes, int probe) {}

    /** One sender, link and receiver. */
    private static final class Line {
        final Simulation simulation = new Simulation();
        final LinkModel link;
        final BandwidthEstimator estimator = new GradientEstimator();
        long wanted = 10 * MBIT;
        LinkProfile base = LinkProfile.CLEAR.withDelay(25, 4);
        private final List<Sent> unreported = new ArrayList<>();
        private double owed;

        Line(long seed) {
            link = new LinkModel(seed);
            simulation.every(40 * MS, this::burst);
            simulation.every(20 * MS, this::probe);
            simulation.every(50 * MS, this::feedback);
        }

        void rate(long bits) {
            link.profile(bits == 0 ? base : base.withRate(bits, 600), simulation.nowNs());
        }

        private void burst() {
            owed += Math.min(wanted, estimator.bitsPerSecond()) * 0.04 / 8;
            while (owed > 0) {
                send(1_000, 0);
                owed -= 1_000;
            }
        }

        private void probe() {
            int bytes = estimator.probeBytes(wanted, simulation.nowNs());
            for (; bytes > 0; bytes -= 280) send(280, estimator.probe());
        }

        private void send(int bytes, int probe) {
            long nowNs = simulation.nowNs();
            int copies = link.offer(bytes, nowNs);
            unreported.add(new Sent(nowNs, copies == 0 ? -1 : link.deliverNs() / 250_000 * 250_000, bytes, probe));
        }

        /** What has arrived until now is told 25 ms later; of what is missing, all before the newest arrival. */
        private void feedback() {
            long nowNs = simulation.nowNs();
            int upTo = -1;
            for (int i = 0; i < unreported.size(); i++)
                if (unreported.get(i).arrivalNs >= 0 && unreported.get(i).arrivalNs <= nowNs) upTo = i;
            List<Sent> told = new ArrayList<>(unreported.subList(0, upTo + 1));
            unreported.subList(0, upTo + 1).clear();
            if (told.isEmpty()) return;
            simulation.after(25 * MS, () -> {
                for (Sent one : told) {
                    if (one.arrivalNs < 0) estimator.onLoss(one.bytes);
                    else estimator.onArrival(one.atNs, one.arrivalNs + 12_345 * S, one.bytes, one.probe);
                }
                estimator.onFeedback(60 * MS, simulation.nowNs());
            });
        }

        /** Seconds until the estimate is within 20 % of the rate and stays so for a second; 99 when not in 20 s. Fine steps of 100 ms. */
        double settles(long rate) {
            int good = 0;
            for (int i = 1; i <= 200; i++) {
                simulation.run(100 * MS);
                boolean near = estimator.bitsPerSecond() >= rate * 0.8 && estimator.bitsPerSecond() <= rate * 1.2;
                good = near ? good + 1 : 0;
                if (good == 10) return (i - 9) / 10.0;
            }
            return 99;
        }

        /** Seconds until the estimate is there for the first time; 99 when not in 20 s. */
        double reaches(long bits) {
            for (int i = 1; i <= 200; i++) {
                simulation.run(100 * MS);
                if (estimator.bitsPerSecond() >= bits) return i / 10.0;
            }
            return 99;
        }

        long longestQueueNs(long forNs) {
            long longest = 0;
            for (long t = 0; t < forNs; t += 20 * MS) {
                simulation.run(20 * MS);
                longest = Math.max(longest, link.queueNs(simulation.nowNs()));
            }
            return longest;
        }
    }

    static LongStream seeds() {
        return LongStream.range(1, 9);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void followsALineFrom3MbitTo300KbitAndBack(long seed) {
        var line = new Line(seed);
        line.rate(3 * MBIT);
        double start = line.settles(3 * MBIT);
        line.simulation.run(10 * S);
        line.rate(300_000);
        line.simulation.run(3 * S);
        long after3s = line.estimator.bitsPerSecond();
        long queueNs = line.longestQueueNs(10 * S);
        line.simulation.run((seed % 5) * S); // wherever it is between two trains
        line.rate(3 * MBIT);
        double up = line.reaches(2_400_000);
        String seen = "seed " + seed + ": start " + start + " s, 3 s after the drop " + after3s
                + " bits/s, then queue at most " + queueNs / MS + " ms, up again in " + up + " s";
        if (Boolean.getBoolean("parley.print")) System.out.println(seen);
        assertTrue(start <= 8, seen);
        assertTrue(after3s >= 240_000 && after3s <= 360_000, seen);
        assertTrue(queueNs <= 150 * MS, seen);
        assertTrue(up <= 8, seen);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossByChanceAloneDoesNotCollapseIt(long seed) {
        for (double share : new double[] {0.05, 0.1, 0.2}) {
            var line = new Line(seed);
            line.base = line.base.withLoss(share);
            line.rate(2 * MBIT);
            line.simulation.run(30 * S);
            double sum = 0;
            for (int i = 0; i < 50; i++) {
                line.simulation.run(200 * MS);
                sum += line.estimator.bitsPerSecond();
            }
            String seen = "seed " + seed + " loss " + share + ": " + (long) (sum / 50);
            assertTrue(sum / 50 > 1.4 * MBIT, seen);
            assertTrue(sum / 50 < 2.8 * MBIT, seen);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void jitterAloneDoesNotEither(long seed) {
        var line = new Line(seed);
        line.base = LinkProfile.CLEAR.withDelay(40, 40);
        line.rate(2 * MBIT);
        line.simulation.run(30 * S);
        double sum = 0;
        for (int i = 0; i < 50; i++) {
            line.simulation.run(200 * MS);
            sum += line.estimator.bitsPerSecond();
        }
        assertTrue(sum / 50 > 1.2 * MBIT, "seed " + seed + ": " + sum / 50);
    }

    @Test
    void aLineThatIsWideEnoughIsNotProbedForMoreThanIsWanted() {
        var line = new Line(3);
        line.wanted = MBIT;
        line.rate(0);
        line.simulation.run(20 * S);
        assertTrue(
                line.estimator.bitsPerSecond() >= MBIT, "at least what is wanted: " + line.estimator.bitsPerSecond());
        int trains = line.estimator.probe();
        line.simulation.run(20 * S);
        assertEquals(trains, line.estimator.probe());
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var estimator = new GradientEstimator();
        feed(estimator, 0, 50_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        feed(estimator, 50_000, 100_000);
        assertEquals(0, (threads.getCurrentThreadAllocatedBytes() - before) / 50_000);
    }

    private static void feed(BandwidthEstimator estimator, int from, int to) {
        for (int i = from; i < to; i++) {
            long atNs = i * 2 * MS;
            if (i % 30 == 0) estimator.onLoss(1_000);
            else estimator.onArrival(atNs, atNs + 30 * MS + i % 7 * MS, 1_000, 0);
            if (i % 25 == 0) {
                estimator.onFeedback(60 * MS, atNs);
                estimator.probeBytes(10 * MBIT, atNs);
            }
        }
    }
}
