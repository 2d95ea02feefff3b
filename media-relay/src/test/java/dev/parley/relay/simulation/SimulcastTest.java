package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedWish;
import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.DownTrack;
import dev.parley.testsupport.net.LinkProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of a publisher's sizes a subscriber gets. SimReceiver fails on any break in sequence numbers, timestamps and picture ids. */
class SimulcastTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    private final SimCall call = new SimCall(5, true);
    private final SimSizes publisher = new SimSizes(call.simulation, call.room, SimSizes.FEED, 7);

    @AfterEach
    void close() {
        call.close();
    }

    private SimCall.Leg watch(LinkProfile line) {
        var leg = call.subscribe(true);
        call.room.subscribe(leg.downlink, leg.subscriber.terms(SimSizes.FEED));
        leg.toSubscriber.profile(line);
        leg.fromSubscriber.profile(LINK);
        leg.subscriber.video.strict = true;
        return leg;
    }

    private static int sizeOf(SimCall.Leg leg) {
        return leg.subscriber.video.shown.getLast() / SimSizes.SIZE;
    }

    private static void wish(SimCall.Leg leg, int size) {
        leg.downlink.wish(new FeedWish(SimSizes.FEED, 0, 0, size, 1));
    }

    @Test
    void aWishChangesTheSizeWithoutABreakAndLeavesTheOthers() {
        var leg = watch(LINK);
        var other = watch(LINK);
        call.simulation.run(4 * S);
        assertEquals(2, sizeOf(leg), "the largest is the default");
        leg.subscriber.video.longestGapNs = 0;
        for (int size : new int[] {0, 1, 2, 0, 2}) {
            wish(leg, size);
            call.simulation.run(2 * S);
            assertEquals(size, sizeOf(leg));
            assertEquals(2, sizeOf(other), "the other's wish did not change");
        }
        assertTrue(
                leg.subscriber.video.longestGapNs <= 100 * MS, "gap " + leg.subscriber.video.longestGapNs / MS + " ms");
        assertTrue(leg.subscriber.video.worstTimestampStep <= 4 * 90, "the sizes' clocks are one clock");
        assertEquals(0, leg.subscriber.video.stillMissing());
        assertTrue(publisher.plis <= 12, "key frames are asked for once a change: " + publisher.plis);
    }

    @Test
    @Tag("MRTC-FEA-50")
    void aNarrowLineGetsASmallerSizeAndTheLargestAgainWhenItIsWide() {
        var leg = watch(LINK);
        leg.subscriber.video.strict = false; // the bottleneck drops
        call.simulation.run(4 * S);
        assertEquals(2, sizeOf(leg));
        leg.toSubscriber.profile(LINK.withRate(500_000, 500));
        call.simulation.run(4 * S);
        leg.subscriber.video.longestGapNs = 0;
        leg.toSubscriber.longestQueueNs = 0;
        call.simulation.run(10 * S);
        assertTrue(sizeOf(leg) < 2, "a smaller one");
        assertTrue(
                leg.subscriber.video.longestGapNs < 600 * MS, "gap " + leg.subscriber.video.longestGapNs / MS + " ms");
        assertTrue(leg.toSubscriber.longestQueueNs < 400 * MS, "queue " + leg.toSubscriber.longestQueueNs / MS + " ms");
        leg.toSubscriber.profile(LINK);
        call.simulation.run(15 * S);
        assertEquals(2, sizeOf(leg), "the largest again");
    }

    @Test
    void aSizeThatStopsIsReplacedByTheNextSmallerAndTakenUpAgain() {
        var leg = watch(LINK);
        call.simulation.run(4 * S);
        leg.subscriber.video.longestGapNs = 0;
        publisher.activate(2, false);
        call.simulation.run(3 * S);
        assertEquals(1, sizeOf(leg));
        assertTrue(
                leg.subscriber.video.longestGapNs < 1_400 * MS,
                "gap " + leg.subscriber.video.longestGapNs / MS + " ms");
        publisher.activate(2, true);
        call.simulation.run(3 * S);
        assertEquals(2, sizeOf(leg));
    }

    @Test
    void thePublisherHearsWhichSizesNobodyWants() {
        var leg = watch(LINK);
        call.simulation.run(4 * S);
        assertEquals(List.of(), call.encodings, "all are sent, and all are wanted");
        wish(leg, 0);
        call.simulation.run(5 * S);
        assertEquals(List.of("q"), call.encodings.getLast().rids());
        publisher.activate(1, false);
        publisher.activate(2, false);
        call.simulation.run(12 * S);
        assertEquals(1, call.encodings.size(), "said once, as it was heeded");
        assertEquals(0, sizeOf(leg));
        wish(leg, 2);
        call.simulation.run(S / 4);
        assertEquals(List.of("q", "h", "f"), call.encodings.getLast().rids());
        call.simulation.run(6 * S);
        assertEquals(3, call.encodings.size(), "said again while nothing comes of it");
        publisher.activate(1, true);
        publisher.activate(2, true);
        call.simulation.run(3 * S);
        assertEquals(2, sizeOf(leg));
    }

    @Test
    void onANarrowLineTheFeedWithTheLowerPriorityGivesWayFirst() {
        new SimSizes(call.simulation, call.room, "other", 8);
        var leg = watch(LINK.withRate(1_400_000, 500));
        leg.subscriber.video.strict = false;
        var terms = new ArrayList<>(leg.subscriber.terms(SimSizes.FEED));
        var beside = terms.get(1);
        terms.add(new DownTrack(
                "2",
                "other",
                MediaKind.VIDEO,
                "VP8",
                beside.payloadType(),
                -1,
                beside.extensions(),
                leg.otherSsrc(),
                0));
        call.room.subscribe(leg.downlink, terms);
        leg.downlink.wish(new FeedWish("other", 0, 0, 2, 9));
        call.simulation.run(20 * S);
        assertEquals("f", rid("other"), "the one that matters more is whole");
        assertTrue(!rid(SimSizes.FEED).equals("f"), "the other gave way");
    }

    private String rid(String feedId) {
        return call.room.stats(call.simulation.nowNs()).feeds().stream()
                .filter(f -> f.feed().feedId().equals(feedId))
                .findFirst()
                .orElseThrow()
                .tracks()
                .get(0)
                .subscriptions()
                .get(0)
                .rid();
    }

    @Test
    void whyASubscriberGetsASmallerSizeIsSaid() {
        var leg = watch(LINK);
        call.simulation.run(4 * S);
        assertEquals(List.of(), why(), "he gets all there is");
        wish(leg, 1);
        call.simulation.run(S);
        assertEquals(List.of("f: the wish forbids it (size 1)."), why());
        publisher.activate(1, false);
        publisher.activate(2, false);
        call.simulation.run(3 * S);
        assertEquals(
                List.of(
                        "h: the publisher does not send it at present.",
                        "f: the publisher does not send it at present."),
                why());
        publisher.activate(1, true);
        publisher.activate(2, true);
        wish(leg, 2);
        leg.subscriber.video.strict = false;
        leg.toSubscriber.profile(LINK.withRate(500_000, 500));
        call.simulation.run(10 * S);
        String last = why().getLast();
        assertTrue(last.startsWith("f: needs ") && last.contains("; the line takes "), last);
        leg.downlink.limit(0, 0);
        var figures = call.room.figures(call.simulation.nowNs());
        assertEquals(1, figures.streamsLimited());
        assertTrue(figures.estimateLeast() < 700_000, "of the narrow line: " + figures);
    }

    private List<String> why() {
        return call.room.debug().subscribers().get(0).streams().get(0).why();
    }

    @Test
    void lossOnTheWayToTheSubscriberIsRepairedAcrossChanges() {
        var leg = watch(LINK.withLoss(0.05));
        leg.subscriber.video.strict = false;
        call.simulation.run(4 * S);
        for (int i = 0; i < 10; i++) {
            wish(leg, i % 3);
            call.simulation.run(S);
        }
        int frames = leg.subscriber.video.shown.size();
        assertTrue(frames >= 14 * 25 * 0.9, "shown " + frames);
    }
}
