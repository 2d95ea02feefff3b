package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.relay.domain.KeyFrameRequests;
import dev.parley.testsupport.net.LinkProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A room on bad links, in virtual time: each case is exact and comes again with its seed. */
@Tag("MRTC-ARC-09")
class LossyRoomTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(25, 4);

    static List<Arguments> losses() {
        List<Arguments> cases = new ArrayList<>();
        for (double loss : new double[] {0.05, 0.1, 0.2})
            for (String way : List.of("up", "down", "both"))
                for (boolean rtx : new boolean[] {true, false})
                    for (long seed = 1; seed <= 2; seed++) cases.add(Arguments.of(loss, way, rtx, seed));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theMovieGoesOn(double loss, String way, boolean rtx, long seed) {
        String name = loss + " " + way + (rtx ? " rtx" : " plain") + " seed " + seed;
        try (var call = new SimCall(seed, rtx)) {
            var leg = call.subscribe(rtx);
            LinkProfile bad = LINK.withLoss(loss);
            call.toRelay.profile(way.equals("down") ? LINK : bad);
            call.toPublisher.profile(way.equals("down") ? LINK : bad);
            leg.toSubscriber.profile(way.equals("up") ? LINK : bad);
            leg.fromSubscriber.profile(way.equals("up") ? LINK : bad);
            call.simulation.run(15 * S);
            call.publisher.sending = false;
            call.simulation.run(3 * S);
            var video = leg.subscriber.video;
            var counters = call.counters();
            int sent = 15 * 25;
            int most = call.publisher.asked.values().stream()
                    .mapToInt(i -> i)
                    .max()
                    .orElse(0);
            double asks = call.publisher.asked.values().stream()
                    .mapToInt(i -> i)
                    .average()
                    .orElse(0);
            String seen = name + ": shown " + video.shown.size() + ", gap " + video.longestGapNs / MS + " ms, plis "
                    + call.publisher.plis + ", keys " + call.publisher.keyFrames + ", asked up "
                    + call.publisher.asked.size()
                    + " avg " + asks + " most " + most + ", down asked " + leg.subscriber.asked + " losses "
                    + video.losses
                    + " repaired " + video.repaired + " unrepaired " + video.unrepaired + " dup " + video.duplicates
                    + " clock " + leg.subscriber.worstClockErrorNs / MS + " ms, resent " + counters.resent;
            if (Boolean.getBoolean("parley.print")) System.out.println(seen);
            assertTrue(video.shown.size() >= sent * 0.97, seen);
            assertTrue(video.longestGapNs < (loss < 0.2 ? 700 : 1_200) * MS, seen);
            assertTrue(leg.subscriber.worstClockErrorNs < 2 * MS, seen);
            assertTrue(video.worstTimestampStep <= 90, seen);
            if (!way.equals("down")) assertTrue(asks < 1 / (1 - loss) / (1 - loss) + 0.25, seen);
            if (way.equals("up")) assertTrue(counters.resent <= video.losses / 10, seen);
            if (!way.equals("up")) {
                assertTrue(counters.resent <= 2 * video.losses, seen);
                assertEquals(rtx, leg.subscriber.rtxPackets > 0, seen);
            }
            assertTrue(call.publisher.plis <= 3, seen);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasLostOnTheWayUpIsNotSentDownTwice(long seed) {
        try (var call = new SimCall(seed, true)) {
            var leg = call.subscribe(true);
            links(call, LINK, LINK);
            call.simulation.run(3 * S); // reports have told the round trip
            int before = leg.subscriber.video.duplicates;
            int losses = leg.subscriber.video.losses;
            call.toRelay.profile(LINK.withLoss(0.1));
            call.simulation.run(20 * S);
            int repeated = leg.subscriber.video.duplicates - before;
            int lost = leg.subscriber.video.losses - losses;
            assertTrue(lost > 100, "seed " + seed + ": lost " + lost);
            assertTrue(repeated <= lost / 20, "seed " + seed + ": " + repeated + " sent twice of " + lost);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLongWayToThePublisherMakesNoStormOfNacks(long seed) {
        try (var call = new SimCall(seed, true)) {
            var leg = call.subscribe(true);
            LinkProfile far = LinkProfile.CLEAR.withDelay(150, 10);
            links(call, far.withLoss(0.1), LINK);
            call.toPublisher.profile(far);
            call.simulation.run(30 * S);
            double asks = call.publisher.asked.values().stream()
                    .mapToInt(i -> i)
                    .average()
                    .orElse(0);
            assertTrue(call.publisher.asked.size() > 100, "seed " + seed + ": asked " + call.publisher.asked.size());
            assertTrue(asks < 1.4, "seed " + seed + ": asked " + asks + " times for each");
            assertTrue(
                    leg.subscriber.video.shown.size() > 700, "seed " + seed + ": " + leg.subscriber.video.shown.size());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packetsThatOnlyOvertakeEachOtherAreHardlyAskedFor(long seed) {
        try (var call = new SimCall(seed, true)) {
            call.subscribe(true);
            links(call, LINK.withReorder(0.1, 12), LINK);
            call.simulation.run(20 * S);
            long held = call.toRelay.model.held();
            int asked = call.publisher.asked.size();
            assertTrue(asked <= held / 10, "seed " + seed + ": asked for " + asked + " of " + held + " that were late");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void paddingOfThePublisherLeavesNoHoleThatNobodyCanFill(long seed) {
        for (boolean rtx : new boolean[] {true, false}) {
            try (var call = new SimCall(seed, rtx)) {
                call.publisher.paddingEvery = 3;
                var leg = call.subscribe(rtx);
                links(call, LINK.withLoss(0.1).withReorder(0.05, 10), LINK.withLoss(0.05));
                call.simulation.run(20 * S);
                call.publisher.sending = false;
                call.simulation.run(3 * S);
                var video = leg.subscriber.video;
                String seen = "seed " + seed + " rtx " + rtx + ": shown " + video.shown.size() + ", missing "
                        + video.stillMissing() + ", unrepaired " + video.unrepaired + ", gap "
                        + video.longestGapNs / MS;
                assertTrue(video.shown.size() >= 20 * 25 * 0.97, seen);
                assertTrue(video.unrepaired + video.stillMissing() <= 3, seen);
                assertTrue(video.longestGapNs < 500 * MS, seen);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lossInBurstsIsRepairedToo(long seed) {
        try (var call = new SimCall(seed, true)) {
            var leg = call.subscribe(true);
            links(call, LINK.withBurstLoss(0.1, 8), LINK.withBurstLoss(0.1, 8));
            call.simulation.run(30 * S);
            var video = leg.subscriber.video;
            String seen = "seed " + seed + ": shown " + video.shown.size() + ", gap " + video.longestGapNs / MS
                    + " ms, plis " + call.publisher.plis;
            assertTrue(video.shown.size() >= 30 * 25 * 0.95, seen);
            assertTrue(video.longestGapNs < 1_000 * MS, seen);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Tag("MRTC-FEA-58")
    void atFortyPercentLossThePictureStillMoves(long seed) {
        try (var call = new SimCall(seed, true)) {
            var leg = call.subscribe(true);
            links(call, LINK.withLoss(0.4), LINK.withLoss(0.4));
            call.toPublisher.profile(LINK.withLoss(0.4));
            leg.fromSubscriber.profile(LINK.withLoss(0.4));
            call.simulation.run(30 * S);
            var video = leg.subscriber.video;
            String seen = "seed " + seed + ": shown " + video.shown.size() + ", gap " + video.longestGapNs / MS
                    + " ms, plis " + call.publisher.plis;
            assertTrue(video.shown.size() >= 30 * 25 / 2, seen);
            assertTrue(video.longestGapNs < 5 * S, seen);
        }
    }

    @Test
    void thePublisherHearsHowMuchWasLostThoughItWasRepaired() {
        try (var call = new SimCall(4, true)) {
            call.subscribe(true);
            links(call, LINK.withLoss(0.15), LINK);
            int sum = 0;
            for (int i = 0; i < 20; i++) {
                call.simulation.run(S);
                sum += call.publisher.fractionLost;
            }
            assertEquals(0.15, sum / 20 / 256.0, 0.03);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void whoComesLateHasLipSyncWithTheFirstPicture(long afterMs) {
        try (var call = new SimCall(9, true)) {
            call.toRelay.profile(LINK);
            call.toPublisher.profile(LINK);
            call.simulation.run(2_100 * MS + afterMs * MS); // the next report is 900 ms away
            var leg = call.subscribe(true);
            leg.toSubscriber.profile(LINK);
            leg.fromSubscriber.profile(LINK);
            call.simulation.run(600 * MS);
            var one = leg.subscriber;
            for (int kind = 0; kind < 2; kind++) {
                assertTrue(one.firstPacketNs[kind] > 0, "kind " + kind + " came");
                assertTrue(one.firstReportNs[kind] > 0, "a report of kind " + kind + " came with the first packets");
                assertTrue(one.firstReportNs[kind] - one.firstPacketNs[kind] < 20 * MS, "kind " + kind);
            }
            assertTrue(
                    one.worstClockErrorNs < 2 * MS, "reckoned " + one.worstClockErrorNs / MS + " ms beside the truth");
        }
    }

    @Test
    void manyWhoAskForAKeyFrameAtOnceMakeOneRequestInEachInterval() {
        try (var call = new SimCall(2, true)) {
            List<SimCall.Leg> legs = new ArrayList<>();
            for (int i = 0; i < 40; i++) legs.add(call.subscribe(true));
            call.simulation.run(2 * S);
            call.publisher.plis = 0;
            call.publisher.closestPlisNs = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                for (SimCall.Leg leg : legs) leg.subscriber.askForKeyFrame();
                call.simulation.run(100 * MS);
            }
            assertTrue(call.publisher.plis >= 3 && call.publisher.plis <= 5, "in 2 s: " + call.publisher.plis);
            assertTrue(
                    call.publisher.closestPlisNs >= KeyFrameRequests.GAP_NS,
                    "apart " + call.publisher.closestPlisNs / MS);
            for (SimCall.Leg leg : legs) assertTrue(leg.subscriber.video.shown.size() > 90, "each sees the movie");
        }
    }

    static LongStream seeds() {
        return LongStream.range(1, 4);
    }

    private static void links(SimCall call, LinkProfile up, LinkProfile down) {
        call.toRelay.profile(up);
        call.toPublisher.profile(LINK);
        for (SimCall.Leg leg : call.subscribers) {
            leg.toSubscriber.profile(down);
            leg.fromSubscriber.profile(LINK);
        }
    }
}
