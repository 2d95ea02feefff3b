package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.MediaKind;
import dev.parley.relay.domain.DownTrack;
import dev.parley.testsupport.net.LinkProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams stay whole while offers change what is published and received, in virtual time. */
class LaterOffersTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPublisherThatComesBackGoesOnInTheSameStream(boolean sameTransport) {
        try (var call = new SimCall(5, true)) {
            var leg = call.subscribe(true);
            call.toRelay.profile(LINK);
            leg.toSubscriber.profile(LINK);
            call.simulation.run(3 * S);
            SimPublisher before = call.publisher;
            int shown = leg.subscriber.video.shown.size();
            if (sameTransport) call.room.detachLink("up");
            call.publish(sameTransport ? "up" : "up-2", 77, true);
            call.room.publish(
                    call.uplink, List.of(SimPublisher.feed(SimCall.FEED)), call.publisher.terms(SimCall.FEED));
            call.room.endOrphans();
            call.simulation.run(500 * MS); // the old one is still sending into its old transport
            before.sending = false;
            call.room.closeLink(sameTransport ? "gone" : "up");
            call.simulation.run(3 * S);
            var video = leg.subscriber.video;
            assertEquals(1, call.room.feedCount(), "the feed outlives the first transport");
            assertFalse(leg.subscriber.bye, "the stream goes on");
            assertTrue(video.shown.size() > shown + 3 * 25, "shown " + shown + ", then " + video.shown.size());
            assertTrue(video.longestGapNs < 300 * MS, "gap " + video.longestGapNs / MS);
            assertEquals(0, video.losses, "sequence numbers without a hole");
        }
    }

    @Test
    void anMLineWithNewTermsGoesOnInItsNumbers() {
        try (var call = new SimCall(6, true)) {
            var leg = call.subscribe(true);
            call.simulation.run(2 * S);
            List<DownTrack> terms = leg.subscriber.terms(SimCall.FEED);
            for (int round = 0;
                    round < 8;
                    round++) { // RTX is agreed on and given up again: new terms under the same SSRC
                DownTrack video = terms.get(1);
                boolean rtx = round % 2 == 1;
                var changed = new DownTrack(
                        video.mid(),
                        video.feedId(),
                        MediaKind.VIDEO,
                        video.codec(),
                        video.payloadType(),
                        rtx ? video.rtxPayloadType() : -1,
                        video.extensions(),
                        video.ssrc(),
                        rtx ? video.rtxSsrc() : 0);
                long highest = leg.subscriber.video.highest();
                call.room.subscribe(leg.downlink, List.of(terms.get(0), changed));
                call.simulation.run(S);
                long sent = leg.subscriber.video.highest() - highest;
                assertTrue(sent > 20 && sent < 200, "round " + round + ": the numbers moved by " + sent);
            }
            assertTrue(leg.subscriber.video.longestGapNs < 300 * MS, "gap " + leg.subscriber.video.longestGapNs / MS);
        }
    }

    @Test
    void whatIsAddedAndTakenAwayDoesNotTouchTheOthers() {
        try (var call = new SimCall(8, true)) {
            var leg = call.subscribe(true);
            call.simulation.run(2 * S);
            int keyFrames = call.publisher.keyFrames;
            long received = leg.subscriber.video.highest();
            List<DownTrack> terms = leg.subscriber.terms(SimCall.FEED);
            SimPublisher first = call.publisher;
            call.publish("up-2", 78, true);
            call.room.publish(call.uplink, List.of(SimPublisher.feed("second")), call.publisher.terms("second"));
            List<DownTrack> both = new ArrayList<>(terms);
            both.add(new DownTrack(
                    "2",
                    "second",
                    MediaKind.VIDEO,
                    "VP8",
                    SimSubscriber.VIDEO_PT,
                    -1,
                    terms.get(1).extensions(),
                    leg.otherSsrc(),
                    0));
            call.room.subscribe(leg.downlink, both);
            call.simulation.run(2 * S);
            assertTrue(leg.subscriber.others > 50, "the second feed is there: " + leg.subscriber.others);
            call.room.removeFeed("second");
            assertEquals(1, call.room.feedCount());
            call.room.subscribe(leg.downlink, terms);
            int others = leg.subscriber.others;
            call.simulation.run(2 * S);
            assertEquals(others, leg.subscriber.others, "no more of it");
            assertEquals(keyFrames, first.keyFrames, "nobody asked the first for a key frame");
            assertEquals(0, leg.subscriber.video.losses);
            assertTrue(leg.subscriber.video.shown.size() > 6 * 25 - 10, "shown " + leg.subscriber.video.shown.size());
            assertTrue(leg.subscriber.video.highest() > received);
        }
    }
}
