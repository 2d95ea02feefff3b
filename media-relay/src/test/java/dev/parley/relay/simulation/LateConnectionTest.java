package dev.parley.relay.simulation;

import static dev.parley.relay.simulation.Simulation.MS;
import static dev.parley.relay.simulation.Simulation.S;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.media.FeedControl;
import dev.parley.testsupport.net.LinkProfile;
import org.junit.jupiter.api.Test;

/** A subscriber's transport gets its keys some time after its offer; the key frame asked for at the offer comes before that. */
class LateConnectionTest {
    private static final LinkProfile LINK = LinkProfile.CLEAR.withDelay(20, 3);

    @Test
    void theFirstPictureComesWithTheConnectionAndNotWithAnotherKeyFrame() {
        try (var call = new SimCall(11, true)) {
            call.subscribe(true);
            call.toRelay.profile(LINK);
            call.toPublisher.profile(LINK);
            call.simulation.run(3 * S);
            int before = call.publisher.plis;

            var late = call.subscribe(true, false);
            late.toSubscriber.profile(LINK);
            call.simulation.run(200 * MS);
            assertEquals(before + 1, call.publisher.plis, "asked for at the offer");
            assertEquals(0, late.subscriber.videoPackets, "nothing goes to a transport without keys");
            assertEquals(0, late.subscriber.audio.size());

            long connectedNs = call.simulation.nowNs();
            late.downlink.onConnected(connectedNs);
            call.simulation.run(40 * MS);
            assertTrue(late.subscriber.video.shown.size() >= 3, "the key frame and what followed it at once");
            assertTrue(late.subscriber.firstPacketNs[1] - connectedNs <= 24 * MS, "the link's delay and nothing else");
            assertEquals(before + 1, call.publisher.plis, "nobody had to ask again");

            call.simulation.run(2 * S);
            var video = late.subscriber.video;
            assertTrue(video.shown.size() >= 50, "and on it goes: " + video.shown.size());
            assertTrue(video.longestGapNs < 100 * MS, "gap " + video.longestGapNs / MS);
            assertEquals(0, video.losses, "sequence numbers without a hole");
        }
    }

    @Test
    void aKeyFrameTooLongAgoIsAskedForAnew() {
        try (var call = new SimCall(12, true)) {
            call.publisher.videoBytesPerFrame = 12_000; // 200 packets are less than a second
            var late = call.subscribe(true, false);
            call.simulation.run(5 * S);
            int before = call.publisher.plis;
            late.downlink.onConnected(call.simulation.nowNs());
            call.simulation.run(10 * MS);
            assertEquals(0, late.subscriber.videoPackets);
            call.simulation.run(200 * MS);
            assertEquals(before + 1, call.publisher.plis);
            assertTrue(late.subscriber.video.shown.size() >= 3);
        }
    }

    @Test
    void whatCameBeforeAMuteIsNotShownToLateComers() {
        try (var call = new SimCall(13, true)) {
            call.subscribe(true);
            call.simulation.run(100 * MS);
            call.room.control(SimCall.FEED, new FeedControl(null, true));
            var late = call.subscribe(true, false);
            late.downlink.onConnected(call.simulation.nowNs());
            call.simulation.run(S);
            assertEquals(0, late.subscriber.videoPackets);
        }
    }
}
