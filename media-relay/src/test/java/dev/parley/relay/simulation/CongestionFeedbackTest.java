package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.domain.congestion.BandwidthEstimator;
import dev.parley.relay.domain.congestion.GradientEstimator;
import dev.parley.testsupport.net.LinkProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Transport-wide feedback in both directions, in virtual time. */
@Tag("MRTC-FEA-50")
class CongestionFeedbackTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    @Test
    @Tag("MRTC-ARC-09")
    void aPublisherHearsOfEveryPacketWhetherAndWhenItCame() {
        try (var call = new SimCall(3, true)) {
            call.subscribe(true);
            call.toRelay.profile(LINK.withLoss(0.1).withReorder(0.05, 15));
            call.simulation.run(10 * S);
            call.publisher.sending = false;
            call.simulation.run(S);
            var publisher = call.publisher;
            long lost = call.toRelay.model.lost();
            int told = publisher.arrivals.size() + publisher.missing.size();
            assertTrue(
                    told >= publisher.transportPackets() - 3,
                    "told of " + told + " of " + publisher.transportPackets());
            assertTrue(
                    Math.abs(publisher.missing.size() - lost) <= 5,
                    publisher.missing.size() + " missing, lost " + lost);
            long first =
                    publisher.arrivals.values().stream().mapToLong(t -> t).min().orElseThrow();
            long last =
                    publisher.arrivals.values().stream().mapToLong(t -> t).max().orElseThrow();
            assertEquals(10 * S, (last - first) * 250_000, 60 * MS, "arrivals span the time of sending");
        }
    }

    @Test
    void theWayToASubscriberIsEstimatedByHisFeedback() {
        try (var call = new SimCall(4, true)) {
            var leg = call.subscribe(true);
            call.publisher.videoBytesPerFrame = 5_000; // 1 Mbit/s
            leg.fromSubscriber.profile(LINK);
            leg.toSubscriber.profile(LINK);
            call.simulation.run(10 * S);
            long wide = estimate(call);
            leg.toSubscriber.profile(LINK.withRate(400_000, 500));
            call.simulation.run(4 * S);
            long narrow = estimate(call);
            assertTrue(wide >= 1_000_000, "what flows is possible: " + wide);
            assertTrue(narrow < 480_000 && narrow > 80_000, "a line of 400 kbit/s: " + narrow);
        }
    }

    @Test
    void otherEstimatorsCanTakeItsPlace() {
        try (var call = new SimCall(4, true)) {
            call.room.estimators(() -> BandwidthEstimator.fixed(123_456));
            call.subscribe(true);
            call.room.estimators(BandwidthEstimator::none);
            call.subscribe(true);
            call.room.estimators(GradientEstimator::new);
            call.simulation.run(2 * S);
            var links = call.room.stats(call.simulation.nowNs()).transports();
            assertEquals(123_456, links.get(1).estimatedBits());
            assertEquals(Long.MAX_VALUE, links.get(2).estimatedBits());
        }
    }

    private static long estimate(SimCall call) {
        return call.room.stats(call.simulation.nowNs()).transports().get(1).estimatedBits();
    }
}
