package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testsupport.net.LinkProfile;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A subscriber on a narrow line gets fewer pictures instead of late ones; SimReceiver fails on any hole in picture ids and sequence numbers. */
@Tag("MRTC-FEA-50")
class TemporalLayersTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    static LongStream seeds() {
        return LongStream.range(1, 6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aNarrowLineLosesUpperLayersAndGetsThemBack(long seed) {
        try (var call = new SimCall(seed, true)) {
            call.publisher.temporalLayers = true;
            call.publisher.videoBytesPerFrame = 5_000; // 1 Mbit/s
            var narrow = call.subscribe(true);
            var wide = call.subscribe(true);
            call.toRelay.profile(LINK.withLoss(0.02));
            narrow.fromSubscriber.profile(LINK);
            narrow.toSubscriber.profile(LINK);
            wide.toSubscriber.profile(LINK);
            call.simulation.run(5 * S);
            int full = narrow.subscriber.video.shown.size();
            assertTrue(full >= 5 * 25 - 4, "everything at first: " + full);

            narrow.toSubscriber.profile(LINK.withRate(650_000, 500).withLoss(0.02));
            call.simulation.run(5 * S);
            int[] before = narrow.subscriber.video.shownOfLayer.clone();
            narrow.toSubscriber.longestQueueNs = 0;
            narrow.subscriber.video.longestGapNs = 0;
            call.simulation.run(10 * S);
            int[] after = narrow.subscriber.video.shownOfLayer.clone();
            String seen = "seed " + seed + ": shown of layers " + (after[0] - before[0]) + " " + (after[1] - before[1])
                    + " "
                    + (after[2] - before[2]) + ", gap " + narrow.subscriber.video.longestGapNs / MS + " ms, queue "
                    + narrow.toSubscriber.longestQueueNs / MS + " ms, estimate "
                    + call.room
                            .stats(call.simulation.nowNs())
                            .transports()
                            .get(1)
                            .estimatedBits();
            if (Boolean.getBoolean("parley.print")) System.out.println(seen);
            assertTrue(after[0] - before[0] >= 60, "the base layer is whole; " + seen);
            assertTrue(after[2] - before[2] < 40, "the top layer is left out; " + seen);
            assertTrue(narrow.subscriber.video.longestGapNs < 600 * MS, seen);
            assertTrue(narrow.toSubscriber.longestQueueNs < 400 * MS, seen);

            narrow.toSubscriber.profile(LINK);
            call.simulation.run(20 * S);
            int again = narrow.subscriber.video.shown.size();
            call.simulation.run(4 * S);
            assertTrue(narrow.subscriber.video.shown.size() - again >= 4 * 25 - 5, "all layers are back; " + seen);
            assertTrue(wide.subscriber.video.shown.size() >= 44 * 25 * 0.97, "the other was not touched");
            assertEquals(-1, temporalLayer(call, 1), "nothing was ever left out for him");
            assertEquals(0, narrow.subscriber.video.stillMissing() / 10, "no hole that nobody fills");
        }
    }

    private static int temporalLayer(SimCall call, int subscriber) {
        return call.room
                .stats(call.simulation.nowNs())
                .feeds()
                .get(0)
                .tracks()
                .get(1)
                .subscriptions()
                .get(subscriber)
                .temporalLayer();
    }
}
